using System.Diagnostics;
using Underpaint.Harness.Fuzzing;
using Underpaint.Storage.Torch;

namespace Underpaint.Tests.Storage.Torch;

public class PickleMachineTests
{
    [Fact]
    public void Later_protocols_give_the_same_values()
    {
        // A frame, short texts, sets, a memo without numbers, a name from the stack.
        byte[] pickle =
        [
            0x80, 4, 0x95, 3, 0, 0, 0, 0, 0, 0, 0, .. "]"u8, 0x94, .. "("u8, 0x8C, 2, .. "hi"u8, 0x94, .. "C"u8, 2, 7, 8,
            0x8F, .. "(K"u8, 5, .. "N"u8, 0x90, .. "(K"u8, 6, 0x91,
            0x8C, 11, .. "collections"u8, 0x8C, 11, .. "OrderedDict"u8, 0x93,
            .. "(](h"u8, 1, .. "G"u8, 0x3F, 0xE0, 0, 0, 0, 0, 0, 0, 0x86, .. "etRe."u8,
        ];
        PickleList list = Assert.IsType<PickleList>(Run(pickle));
        Assert.Equal(new PickleText("hi"), list.Items[0]);
        Assert.Equal([7, 8], Assert.IsType<PickleBytes>(list.Items[1]).Value.ToArray());
        Assert.Equal([new PickleInteger(5), PickleNone.Instance], Assert.IsType<PickleSet>(list.Items[2]).Items);
        Assert.Equal([new PickleInteger(6)], Assert.IsType<PickleSet>(list.Items[3]).Items);
        Assert.Equal(new PickleFloat(0.5), Assert.IsType<PickleMap>(list.Items[4])["hi"]);
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("pytorch_lightning", "Trainer")]
    [InlineData("collections.abc", "OrderedDict")]
    [InlineData("", "")]
    public void Any_other_name_is_refused_by_name(string module, string name)
    {
        string expected = $"names '{module}.{name}'";
        Assert.Contains(expected, Refusal(new PickleBuilder().Global(module, name)));
        Assert.Contains(expected, Refusal(new PickleBuilder().Text(module).Text(name).Raw(0x93)));
    }

    [Fact]
    public void A_tolerated_name_is_only_a_name()
    {
        static PickleBuilder Timer() => new PickleBuilder().Global("pytorch_lightning.callbacks", "Timer");
        Assert.Equal(new PickleGlobal("pytorch_lightning.callbacks", "Timer"), Run(Timer().End()));
        Assert.Contains("calls 'pytorch_lightning.callbacks.Timer'", Refusal(Timer().Op(")R")));
        Assert.Contains("calls 'pytorch_lightning.callbacks.Timer'", Refusal(Timer().Op(")").Raw(0x81)));
        Assert.Contains("gives a state", Refusal(Timer().Op("}b")));
        Assert.Contains("calls what is no function", Refusal(new PickleBuilder().Text("system").Op(")R")));
        Assert.Contains("calls 'torch.FloatStorage'", Refusal(new PickleBuilder().Global("torch", "FloatStorage").Op(")R")));
        Assert.Contains("Nothing of it was run", Refusal(new PickleBuilder().Global("os", "system")));
    }

    [Theory]
    [InlineData("", "breaks off")]
    [InlineData("0", "instruction 0x30")]
    [InlineData("S'a'\n", "instruction 0x53")]
    [InlineData("i", "instruction 0x69")]
    [InlineData("a", "never made")]
    [InlineData("]a", "never made")]
    [InlineData("](Na", "never made")]
    [InlineData("](a", "never made")]
    [InlineData("NNa", "no list")]
    [InlineData("}(Nu", "no dictionary")]
    [InlineData("]NNs", "no dictionary")]
    [InlineData("}]Ns", "neither a short text")]
    [InlineData("}NNNNu", "never opened")]
    [InlineData("}(NNNNu", "'None' twice")]
    [InlineData("q\0", "never made")]
    [InlineData("h\u0005", "which it never kept")]
    [InlineData("", "breaks off", false)]
    [InlineData("NN", "2 values and 0 open")]
    [InlineData("(N", "1 values and 1 open")]
    [InlineData("NQ", "no storage")]
    [InlineData("NNR", "no function")]
    [InlineData("X\u00FF\u00FF\u00FF\u00FF", "declares 4294967295 bytes")]
    [InlineData("X\u0001\0\0\0\u00FF", "not UTF-8")]
    [InlineData("c", "breaks off", false)]
    public void Broken_programs_are_refused(string opcodes, string reason, bool ends = true)
    {
        byte[] pickle = new PickleBuilder().Op(opcodes).End();
        FileFormatException e = Assert.Throws<FileFormatException>(() => Run(ends && opcodes.Length > 0 ? pickle : pickle[..^1]));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(255)]
    public void Other_protocols_are_refused(int version) =>
        Assert.Contains("protocol", Assert.Throws<FileFormatException>(() => Run([0x80, (byte)version, .. "N."u8])).Message);

    [Theory]
    [InlineData(new[] { 6 }, new[] { 1 }, 0, true)]
    [InlineData(new[] { 6 }, new[] { 1 }, 1, false)]
    [InlineData(new[] { 2, 3 }, new[] { 1, 2 }, 0, true)]
    [InlineData(new[] { 2, 3 }, new[] { 2, 2 }, 0, false)]
    [InlineData(new[] { 0, 3 }, new[] { 99, 99 }, 6, true)]
    [InlineData(new[] { 0, 3 }, new[] { 1, 1 }, 7, false)]
    [InlineData(new[] { 1 }, new[] { int.MaxValue }, 5, true)]
    [InlineData(new int[0], new int[0], 5, true)]
    [InlineData(new int[0], new int[0], 6, false)]
    [InlineData(new[] { 100 }, new[] { 0 }, 5, true)]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue }, new[] { 0, 0, 0 }, 0, false)]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue, 0 }, new[] { 0, 0, 0, 0 }, 0, false)]
    [InlineData(new[] { 2, 2 }, new[] { 1 }, 0, false)]
    [InlineData(new[] { -1 }, new[] { 1 }, 0, false)]
    [InlineData(new[] { 1 }, new[] { -1 }, 0, false)]
    [InlineData(new[] { 1 }, new[] { 1 }, -1, false)]
    public void A_tensor_must_lie_inside_its_storage(int[] shape, int[] strides, int offset, bool isInside)
    {
        byte[] pickle = new PickleBuilder().Tensor("0", "FloatStorage", 6, offset, shape, strides).End();
        if (isInside)
            Assert.Equal(offset, Assert.IsType<TorchTensor>(Run(pickle)).Offset);
        else
            Assert.Throws<FileFormatException>(() => Run(pickle));
    }

    [Fact]
    public void Too_many_dimensions_are_refused()
    {
        int[] ones = [.. Enumerable.Repeat(1, 65)];
        Assert.Throws<FileFormatException>(() => Run(new PickleBuilder().Tensor("0", "FloatStorage", 6, 0, ones, ones).End()));
        Assert.IsType<TorchTensor>(Run(new PickleBuilder().Tensor("0", "FloatStorage", 6, 0, ones[1..], ones[1..]).End()));
    }

    [Fact]
    public void Values_lie_a_hundred_deep_and_no_deeper()
    {
        static PickleValue Nested(int depth) =>
            Run(new PickleBuilder().Op(new string(']', depth + 1) + new string('a', depth)).End());
        Assert.Empty(TensorNames.Of("fuzz", Nested(TorchFormat.MaxDepth)));
        Assert.Throws<FileFormatException>(() => TensorNames.Of("fuzz", Nested(TorchFormat.MaxDepth + 1)));
    }

    [Fact]
    public void What_holds_itself_or_too_much_of_the_same_is_refused()
    {
        // Thirty pairs, each of the one before: 2^30 ways to what lies in the first.
        string pairs = string.Concat(Enumerable.Repeat("q\u0001h\u0001\u0086", 30));
        PickleValue tensor = Run(new PickleBuilder().Tensor("0", "FloatStorage", 6, 0, [6], [1]).Op(pairs).End());
        Assert.Contains("too many places", Assert.Throws<FileFormatException>(() => TensorNames.Of("fuzz", tensor)).Message);
        Assert.Empty(TensorNames.Of("fuzz", Run(new PickleBuilder().Op("N" + pairs).End())));

        PickleValue circle = Run(new PickleBuilder().Op("]q\0}Nh\0sa").End());
        Assert.Throws<FileFormatException>(() => TensorNames.Of("fuzz", circle));
    }

    [Fact]
    public void Names_differ_and_parameters_have_tensors()
    {
        PickleBuilder twice = new PickleBuilder().Op("}(").Text("a.b").Tensor("0", "FloatStorage", 6, 0, [6], [1])
            .Text("a").Op("}").Text("b").Tensor("0", "FloatStorage", 6, 0, [6], [1]).Op("su");
        Assert.Contains("'a.b'", Assert.Throws<FileFormatException>(() => TensorNames.Of("fuzz", Run(twice.End()))).Message);
        PickleValue empty = Run(new PickleBuilder().Global("torch.nn.parameter", "Parameter").Op(")R").End());
        Assert.Contains("without a tensor", Assert.Throws<FileFormatException>(() => TensorNames.Of("fuzz", empty)).Message);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("])\u0085")]
    [InlineData("K\u0001\u0085")]
    [InlineData("(")]
    [InlineData("U\0\u0094")]
    public void The_longest_program_stays_within_time_and_memory(string opcodes)
    {
        byte[] piece = new PickleBuilder().Op(opcodes).End()[2..^1];
        byte[] program = [0x80, 2, .. Enumerable.Repeat(piece, TorchFormat.MaxInstructions).SelectMany(bytes => bytes)];
        AssertModest(program, "more than 500000 instructions");
    }

    [Fact]
    public void Few_instructions_cannot_ask_for_endless_work()
    {
        string text = new('a', 1 << 20), list = $"]({new string('N', 1 << 17)}e";
        AssertModest(Repeat(new PickleBuilder().Global("_codecs", "encode").Op("q\u0002").Text(text).Op("q\u0001"),
            step => step.Op("h\u0002h\u0001").Text("latin1").Op("\u0086R")), "makes too much");
        AssertModest(Repeat(new PickleBuilder().Global("builtins", "set").Op("q\u0002" + list + "q\u0001"),
            step => step.Op("h\u0002h\u0001\u0085R")), "makes too much");
        foreach (string opcodes in (string[])["}h\u0001Ns", "(h\u0001\u0091"])
            AssertModest(Repeat(new PickleBuilder().Text(text).Op("q\u0001"), step => step.Op(opcodes)), "neither a short text");
        AssertModest(Repeat(new PickleBuilder().Text("pytorch_lightning." + text).Op("q\u0001"),
            step => step.Op("h\u0001h\u0001\u0093")), "has a name");
        AssertModest(Repeat(new PickleBuilder().Op("(").Text("storage").Global("torch", "FloatStorage").Text(text).Text("cpu")
            .Int(1).Op("tq\u0001"), step => step.Op("h\u0001Q")), "endless key");
    }

    [Theory]
    [InlineData(17_519)]
    [InlineData(36_353)]
    [InlineData(75_431)]
    [InlineData(1 << 16)]
    public void Keys_chosen_to_collide_do_not(int places)
    {
        // Each would fall into the same place of a table of that many, if a number were its own hash.
        int[] keys = [.. Enumerable.Range(1, int.MaxValue / places - 1).Select(i => i * places).Take(5_000)];
        int used = keys.Select(key => (uint)new PickleInteger(key).GetHashCode() % places).Distinct().Count();
        Assert.InRange(used, keys.Length / 2, keys.Length);
    }

    [Fact]
    public void Dictionaries_of_keys_chosen_to_collide_are_read_in_time()
    {
        // A dictionary of 36 000 keys has 36 353 places. Without a bound, all keys would lie in one: thousands of millions of steps.
        const int Places = 36_353;
        int[] keys = [.. Enumerable.Range(-18_000, 36_000).Select(i => i * Places)];
        var dictionary = new PickleBuilder().Op("}(");
        foreach (int key in keys)
            dictionary.Int(key).Op("N");
        byte[] piece = dictionary.Op("u").End()[2..^1];
        byte[] program = [0x80, 2, .. "]("u8, .. Enumerable.Repeat(piece, 6).SelectMany(bytes => bytes), .. "e."u8];
        TimeSpan time = TimeSpan.MaxValue;
        // Another process may have had the processor: only what is slow every time is slow.
        for (int trial = 0; trial < 3 && time > FuzzLoop.LongestTime; trial++)
        {
            long start = Stopwatch.GetTimestamp();
            Assert.All(Assert.IsType<PickleList>(Run(program)).Items, item => Assert.Equal(keys.Length, Assert.IsType<PickleMap>(item).Entries.Count));
            time = Stopwatch.GetElapsedTime(start);
        }
        Assert.InRange(time, TimeSpan.Zero, FuzzLoop.LongestTime);
    }

    [Theory]
    [InlineData("}G\u003f\u00e0\0\0\0\0\0\0Ns")]
    [InlineData("\u008f(G\u003f\u00e0\0\0\0\0\0\0\u0090")]
    [InlineData("})Ns")]
    [InlineData("}C\u0001aNs")]
    public void What_could_be_made_to_collide_or_is_long_is_no_key(string opcodes) =>
        Assert.Contains("neither a short text nor a whole number nor a name", Refusal(new PickleBuilder().Op(opcodes)), StringComparison.Ordinal);

    private static byte[] Repeat(PickleBuilder start, Action<PickleBuilder> step)
    {
        for (int i = 0; i < 20_000; i++)
            step(start);
        return start.End();
    }

    private static void AssertModest(byte[] program, string reason)
    {
        TimeSpan time = TimeSpan.MaxValue;
        // Another process may have had the processor: only what is slow every time is slow.
        for (int trial = 0; trial < 3 && time > FuzzLoop.LongestTime; trial++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            Assert.Contains(reason, Assert.Throws<FileFormatException>(() => Run(program)).Message, StringComparison.Ordinal);
            time = Stopwatch.GetElapsedTime(start);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FuzzLoop.MostMemory);
        }
        Assert.InRange(time, TimeSpan.Zero, FuzzLoop.LongestTime);
    }

    private static PickleValue Run(byte[] pickle)
    {
        var input = new PickleInput(
            "fuzz", (offset, destination) => pickle.AsSpan((int)offset, destination.Length).CopyTo(destination), pickle.Length);
        return new PickleMachine(input, new TorchObjects(input)).Run();
    }

    private static string Refusal(PickleBuilder pickle) => Assert.Throws<FileFormatException>(() => Run(pickle.End())).Message;
}
