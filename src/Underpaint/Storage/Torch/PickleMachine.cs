using System.Numerics;

namespace Underpaint.Storage.Torch;

/// <summary>
/// Reads a pickle: a program for a small machine with a stack and a memo, whose result is a value. It makes plain values by
/// itself, and asks for everything else; it never runs anything.
/// </summary>
/// <param name="input">The pickle.</param>
/// <param name="objects">What it may name.</param>
internal sealed class PickleMachine(PickleInput input, IPickleObjects objects)
{
    private readonly PickleStack _stack = new(input);
    private readonly Dictionary<int, PickleValue> _memo = [];

    /// <summary>Reads to the end of the pickle.</summary>
    /// <returns>Its value.</returns>
    /// <exception cref="FileFormatException">It is damaged, names what is not allowed, or breaks a limit.</exception>
    public PickleValue Run()
    {
        for (int instruction = 0; instruction < TorchFormat.MaxInstructions; instruction++)
        {
            var opcode = (PickleOpcode)input.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return End();
            Step(opcode);
        }
        throw input.Broken($"has more than {TorchFormat.MaxInstructions} instructions");
    }

    private void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: CheckProtocol(input.ReadByte()); break;
            case PickleOpcode.Frame: CheckFrame(input.ReadInt64()); break;
            case PickleOpcode.Mark: _stack.Mark(); break;

            case PickleOpcode.BinPut: Keep(input.ReadByte()); break;
            case PickleOpcode.LongBinPut: Keep(input.ReadInt32()); break;
            case PickleOpcode.Memoize: Keep(_memo.Count); break;

            case PickleOpcode.Append: Append([_stack.Pop()]); break;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); break;
            case PickleOpcode.AddItems: AddItems(_stack.PopToMark()); break;
            case PickleOpcode.Build: Build(_stack.Pop()); break;

            default: _stack.Push(Make(opcode)); break;
        }
    }

    private PickleValue Make(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => PickleNone.Instance,
        PickleOpcode.NewTrue => new PickleBoolean(true),
        PickleOpcode.NewFalse => new PickleBoolean(false),
        PickleOpcode.BinInt => new PickleInteger(input.ReadInt32()),
        PickleOpcode.BinInt1 => new PickleInteger(input.ReadByte()),
        PickleOpcode.BinInt2 => new PickleInteger(input.ReadUInt16()),
        PickleOpcode.Long1 => Integer(input.ReadByte()),
        PickleOpcode.Long4 => Integer(input.ReadInt32()),
        PickleOpcode.BinFloat => new PickleFloat(input.ReadDouble()),
        PickleOpcode.BinString or PickleOpcode.BinUnicode => new PickleText(input.ReadText((uint)input.ReadInt32())),
        PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode => new PickleText(input.ReadText(input.ReadByte())),
        PickleOpcode.BinUnicode8 => new PickleText(input.ReadText(input.ReadInt64())),
        PickleOpcode.BinBytes => new PickleBytes(input.ReadBytes((uint)input.ReadInt32())),
        PickleOpcode.ShortBinBytes => new PickleBytes(input.ReadBytes(input.ReadByte())),
        PickleOpcode.BinBytes8 => new PickleBytes(input.ReadBytes(input.ReadInt64())),

        PickleOpcode.EmptyTuple => PickleTuple.Empty,
        PickleOpcode.Tuple => new PickleTuple(_stack.PopToMark()),
        PickleOpcode.Tuple1 => new PickleTuple(_stack.Pop(1)),
        PickleOpcode.Tuple2 => new PickleTuple(_stack.Pop(2)),
        PickleOpcode.Tuple3 => new PickleTuple(_stack.Pop(3)),
        PickleOpcode.EmptyList => new PickleList(),
        PickleOpcode.EmptyDict => new PickleMap(),
        PickleOpcode.EmptySet => new PickleSet(),
        PickleOpcode.FrozenSet => SetOf(_stack.PopToMark()),

        PickleOpcode.BinGet => Recall(input.ReadByte()),
        PickleOpcode.LongBinGet => Recall(input.ReadInt32()),

        PickleOpcode.Global => objects.Name(input.ReadName(), input.ReadName()),
        PickleOpcode.StackGlobal => NameOf(_stack.Pop(2)),
        PickleOpcode.BinPersId => objects.Load(_stack.Pop()),
        PickleOpcode.Reduce or PickleOpcode.NewObj => Call(_stack.Pop(2)),
        _ => throw input.Broken($"uses the pickle instruction 0x{(byte)opcode:X2}, which files of tensors do not need"),
    };

    private PickleValue End() => _stack is { Count: 1, Marks: 0 }
        ? _stack.Pop()
        : throw input.Broken($"ends its pickle with {_stack.Count} values and {_stack.Marks} open groups instead of one value");

    private void CheckProtocol(byte version)
    {
        if (version is < 2 or > 5)
            throw input.Broken($"uses the pickle protocol {version}, and only 2 to 5 are known");
    }

    private void CheckFrame(long length)
    {
        if (length < 0 || length > input.Left)
            throw input.Broken($"declares a frame of {(ulong)length} bytes where {input.Left} are left");
    }

    private PickleInteger Integer(int length) => length is >= 0 and <= TorchFormat.MaxIntegerBytes
        ? new PickleInteger(new BigInteger(input.ReadBytes(length)))
        : throw input.Broken($"declares a whole number of {length} bytes");

    // Every writer numbers what it keeps from 0 on, so that a number beyond the instructions is a lie.
    private void Keep(int index) => _memo[index is >= 0 and < TorchFormat.MaxInstructions
        ? index
        : throw input.Broken($"keeps a value under the impossible number {(uint)index}")] = _stack.Top;

    private PickleValue Recall(int index) => _memo.TryGetValue(index, out PickleValue? value)
        ? value
        : throw input.Broken($"recalls the value {(uint)index}, which it never kept");

    private void Append(PickleValue[] items)
    {
        if (_stack.Top is not PickleList list)
            throw input.Broken("appends to what is no list");
        list.Add(items);
    }

    private void SetItems(PickleValue[] items)
    {
        if (_stack.Top is not PickleMap dictionary || items.Length % 2 != 0)
            throw input.Broken("sets the entries of what is no dictionary");
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Add(items[i], items[i + 1], input);
    }

    private void AddItems(PickleValue[] items)
    {
        if (_stack.Top is not PickleSet set)
            throw input.Broken("adds to what is no set");
        set.Add(items, input);
    }

    private PickleSet SetOf(PickleValue[] items)
    {
        var set = new PickleSet();
        set.Add(items, input);
        return set;
    }

    private PickleValue NameOf(PickleValue[] names) => names is [PickleText module, PickleText name]
        ? objects.Name(module.Value, name.Value)
        : throw input.Broken("names something by what is no text");

    private PickleValue Call(PickleValue[] call) => objects.Call(call[0], call[1]);

    private void Build(PickleValue state) => objects.Build(_stack.Top, state);
}
