using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Underpaint.Diffusion;
using Underpaint.Networks;
using Underpaint.Storage;
using Underpaint.Tests.Data;
using Underpaint.Tests.Storage.Torch;
using Underpaint.Training;

namespace Underpaint.Tests.Exchange;

/// <summary>Tensors of a small official autoencoder, to be changed and written in every form that such files come in.</summary>
internal sealed class TestCheckpoint
{
    public TestCheckpoint(Recipe? recipe = null, string prefix = "", float first = 0)
    {
        Prefix = prefix;
        WeightSet layout = ModelContent.LayoutOf(recipe ?? Recipe);
        Values = new float[layout.Count];
        for (int i = 0; i < Values.Length; i++)
            Values[i] = first + MathF.Sin(i);
        foreach (Weight weight in layout.All)
            Tensors.Add(prefix + weight.Name, ([.. weight.Shape], Values[(int)weight.Offset..(int)(weight.Offset + weight.Length)]));
    }

    /// <summary>Two levels on images of 16 pixels, with attention at 8; the encoder has a third level.</summary>
    public static Recipe Recipe { get; } = new()
    {
        Name = "small",
        Data = new() { Size = 16 },
        Model = new()
        {
            Channels = 4,
            Multipliers = [1, 2],
            Blocks = 1,
            AttentionAt = [8],
            Code = 6,
            EncoderMultipliers = [1, 2, 2],
            EncoderBlocks = 2,
            Groups = 32,
        },
        Phases = [new() { Name = "all", Images = 1, Schedule = NoiseSchedule.LinearBeta, Predict = Prediction.Noise }],
    };

    public string Prefix { get; }

    /// <summary>The weights, in the network's order.</summary>
    public float[] Values { get; }

    /// <summary>The tensors of the file, by the name there.</summary>
    public OrderedDictionary<string, (long[] Shape, float[] Values)> Tensors { get; } = new(StringComparer.Ordinal);

    public TestCheckpoint With(string name, params long[] shape)
    {
        Tensors[name] = (shape, new float[shape.Aggregate(1L, (product, size) => product * size)]);
        return this;
    }

    public TestCheckpoint Without(params string[] names)
    {
        foreach (string name in names)
            Assert.True(Tensors.Remove(Prefix + name), $"There is no {name}.");
        return this;
    }

    public TestCheckpoint And(TestCheckpoint other)
    {
        foreach ((string name, var tensor) in other.Tensors)
            Tensors.Add(name, tensor);
        return this;
    }

    public string WriteSafetensors(string path)
    {
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream,
            [.. Tensors.Select(tensor => TensorData.Floats(tensor.Key, tensor.Value.Shape, tensor.Value.Values))]));
        return path;
    }

    /// <summary>A dictionary of tensors, as <c>torch.save(model.state_dict())</c> writes it now, or <c>{"state_dict": …}</c>.</summary>
    public string WriteZip(string path, bool wrapped = false)
    {
        (string, byte[])[] storages = [.. Tensors.Values.Select((tensor, i) => ($"archive/data/{i}", Bytes(tensor.Values)))];
        File.WriteAllBytes(path, TestImages.Zip(CompressionLevel.NoCompression, [("archive/data.pkl", Pickle(wrapped)), .. storages]));
        return path;
    }

    /// <summary>A checkpoint as Lightning writes it: tensors, steps, and parameters that are whole numbers, truth values or texts.</summary>
    public string WriteLightning(string path, int globalStep, params (string Key, object Value)[] parameters)
    {
        var tail = new PickleBuilder();
        tail.Text("global_step").Int(globalStep).Text("hyper_parameters").Op("}(");
        foreach ((string key, object value) in parameters)
        {
            tail.Text(key);
            _ = value switch
            {
                int number => tail.Int(number),
                bool truth => tail.Raw((byte)(truth ? 0x88 : 0x89)),
                _ => tail.Text((string)value),
            };
        }
        (string, byte[])[] storages = [.. Tensors.Values.Select((tensor, i) => ($"archive/data/{i}", Bytes(tensor.Values)))];
        byte[] pickle = [.. Pickle(wrapped: true)[..^2], .. tail.Op("uu").End()[2..]];
        File.WriteAllBytes(path, TestImages.Zip(CompressionLevel.NoCompression, [("archive/data.pkl", pickle), .. storages]));
        return path;
    }

    /// <summary>The same as PyTorch wrote it before version 1.6.</summary>
    public string WriteLegacy(string path)
    {
        var keys = new PickleBuilder().Op("](");
        for (int i = 0; i < Tensors.Count; i++)
            keys.Text($"{i}");
        byte[] storages = [.. Tensors.Values.SelectMany(tensor => (byte[])[.. Count(tensor.Values.Length), .. Bytes(tensor.Values)])];
        File.WriteAllBytes(path,
        [
            .. new PickleBuilder().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).End(),
            .. new PickleBuilder().Int(1001).End(), .. new PickleBuilder().Op("}").End(), .. Pickle(wrapped: false), .. keys.Op("e").End(), .. storages,
        ]);
        return path;
    }

    private byte[] Pickle(bool wrapped)
    {
        var pickle = new PickleBuilder();
        if (wrapped)
            pickle.Op("}(").Text("state_dict");
        pickle.Op("}(");
        int key = 0;
        foreach ((string name, (long[] shape, float[] values)) in Tensors)
            pickle.Text(name).Tensor($"{key++}", "FloatStorage", values.Length, 0, [.. shape.Select(size => (int)size)], StridesOf(shape));
        return pickle.Op(wrapped ? "uu" : "u").End();
    }

    private static int[] StridesOf(long[] shape)
    {
        var strides = new int[shape.Length];
        int stride = 1;
        for (int i = shape.Length - 1; i >= 0; stride *= (int)shape[i--])
            strides[i] = stride;
        return strides;
    }

    private static byte[] Bytes(float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();

    private static byte[] Count(long count)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, count);
        return bytes;
    }
}
