using System.CommandLine;
using Underpaint;
using Underpaint.Bench.Verbs;

var root = new RootCommand("Measures Underpaint against the same network written with TorchSharp's ordinary modules.")
{
    CompareVerb.Create(),
    GrowVerb.Create(),
    ParityVerb.Create(),
    SideVerb.Create(),
    SourcesVerb.Create(),
};
try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (UnderpaintException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
