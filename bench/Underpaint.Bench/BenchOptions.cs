using System.CommandLine;
using Underpaint.Machine;
using Underpaint.Networks;
using Underpaint.Runs;

namespace Underpaint.Bench;

/// <summary>The options that several verbs share.</summary>
internal static class BenchOptions
{
    public static Option<string> Preset() => new Option<string>("--preset")
    {
        Description = "The model",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cifar32",
    }.AcceptOnlyFromAmong([.. ModelPresets.All.Select(preset => preset.Name)]);

    public static Option<int?> Threads() => AtLeast(1, new Option<int?>("--threads")
    {
        Description = "CPU threads; without it libtorch's choice, which is one for each core",
        HelpName = "N",
    });

    public static Option<int> Seconds() => AtLeast(0, new Option<int>("--seconds")
    {
        Description = "How long each task of each side is repeated, at least; five times in any case",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    });

    public static Option<int> Steps() => AtLeast(1, new Option<int>("--steps")
    {
        Description = "Decoding steps",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    });

    public static Option<string> Precision() => new Option<string>("--precision")
    {
        Description = "Type of our activations",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong([.. ComputeDevice.Precisions]);

    public static Option<string[]> Measure() => new Option<string[]>("--measure")
    {
        Description = "What to measure: train, encode, decode",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["train", "encode", "decode"],
    }.AcceptOnlyFromAmong("train", "encode", "decode");

    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of a table" };

    public static SpeedTasks Tasks(IEnumerable<string> names) =>
        names.Aggregate(SpeedTasks.None, (tasks, name) => tasks | Enum.Parse<SpeedTasks>(name, ignoreCase: true));

    public static Option<T> AtLeast<T>(int least, Option<T> option)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (int.TryParse(token.Value, out int value) && value < least)
                    result.AddError($"{option.Name} must be at least {least}, and is {value}.");
            }
        });
        return option;
    }
}
