using System.CommandLine;
using System.Globalization;
using Underpaint.Bench.Plain;
using Underpaint.Networks;

namespace Underpaint.Bench.Verbs;

/// <summary><c>parity</c>: whether both sides compute the same.</summary>
internal static class ParityVerb
{
    public static Command Create()
    {
        var preset = BenchOptions.Preset();
        var verb = new Command("parity", "Prints the largest difference between both sides with the same weights; fails if it is not rounding.")
        {
            preset,
        };
        verb.SetAction(parsed =>
        {
            double difference = Parity.LargestDifference(ModelPresets.Find(parsed.GetValue(preset)!)!);
            Console.WriteLine(difference.ToString("0.0e+00", CultureInfo.InvariantCulture));
            return difference <= Parity.Tolerance ? 0 : 1;
        });
        return verb;
    }
}
