using Microsoft.ML.OnnxRuntime;

namespace Underpaint.Onnx;

/// <summary>One exported graph, ready to be computed.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _path;

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">CPU threads to compute with.</param>
    /// <exception cref="UnderpaintException">It is missing, damaged, or cannot be computed here.</exception>
    public NetworkSession(string path, int threads)
    {
        _path = path;
        if (!File.Exists(path))
            throw new UnderpaintException($"There is no file {path}.", "Give a folder that `underpaint export --onnx` wrote.");
        // The log would say on the console what the exceptions say anyway.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            _session = new(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new FileFormatException(path, $"cannot be used by ONNX Runtime: {e.Message.TrimEnd('.')}", "Export the model again.", e);
        }
    }

    /// <summary>The entries of its metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Computes a batch.</summary>
    /// <param name="inputs">Each input's name, numbers and shape.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="result">Where its numbers go.</param>
    /// <param name="shape">Its shape.</param>
    public void Run(IReadOnlyList<(string Name, float[] Numbers, long[] Shape)> inputs, string output, float[] result, long[] shape)
    {
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Numbers, input.Shape))];
        try
        {
            using OrtValue target = OrtValue.CreateTensorValueFromMemory(result, shape);
            using var options = new RunOptions();
            _session.Run(options, [.. inputs.Select(input => input.Name)], values, [output], [target]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new FileFormatException(_path, $"cannot be computed: {e.Message.TrimEnd('.')}", "Export the model again.", e);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    /// <summary>Frees the graph.</summary>
    public void Dispose() => _session.Dispose();
}
