using System.Buffers.Binary;
using System.Text;

namespace Underpaint.Tests.Storage.Torch;

/// <summary>Writes a pickle of protocol 2 by hand, instruction by instruction.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [0x80, 2];

    /// <summary>The pickle so far, and its end.</summary>
    public byte[] End() => [.. _bytes, (byte)'.'];

    /// <summary>Instructions, each a character.</summary>
    public PickleBuilder Op(string opcodes) => Raw([.. opcodes.Select(opcode => (byte)opcode)]);

    public PickleBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBuilder Text(string text) => Op("X").Number(Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

    public PickleBuilder Int(int value) => Op("J").Number(value);

    public PickleBuilder Global(string module, string name) => Op("c").Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBuilder Tuple(params int[] values)
    {
        Op("(");
        foreach (int value in values)
            Int(value);
        return Op("t");
    }

    /// <summary>A storage, under the identity that PyTorch gives it.</summary>
    public PickleBuilder Storage(string key, string type, int count) =>
        Op("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Int(count).Op("tQ");

    /// <summary>A tensor of a storage.</summary>
    public PickleBuilder Tensor(string key, string type, int count, int offset, int[] shape, int[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(key, type, count)
            .Int(offset).Tuple(shape).Tuple(strides).Raw(0x89).Op("}tR");

    /// <summary>A number in four bytes, the lowest first.</summary>
    public PickleBuilder Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }
}
