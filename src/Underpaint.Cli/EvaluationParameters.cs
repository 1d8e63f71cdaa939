using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Underpaint.Codes.Probes;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Perceptual;

namespace Underpaint.Cli;

/// <summary>The options of the verbs that judge models; unlike elsewhere, several ways of decoding can be asked for at once.</summary>
internal static class EvaluationParameters
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "Images to judge by, such as a folder or a zip archive; without it those that the run held out of training",
        HelpName = "PATH",
    };

    public static Option<int[]?> Steps(params int[] defaults) => new("--steps")
    {
        Description = "Numbers of decoding steps, with commas between them; 1 is the structure image, which is always there "
            + $"[default: {string.Join(',', defaults)}]",
        HelpName = "N,N,…",
        CustomParser = result => [.. Words(result).Select(word => StepsOf(word, result))],
    };

    public static Option<string[]?> Solvers() => new("--solver")
    {
        Description = "How decoding steps: ddim, the reference, or dpm++, which is of second order; both with a comma between them [default: ddim]",
        HelpName = string.Join(',', DecodingWords.Solvers.Keys),
        CustomParser = result =>
        {
            string[] words = [.. Words(result)];
            if (words.FirstOrDefault(word => !DecodingWords.Solvers.ContainsKey(word)) is { } unknown)
                result.AddError($"--solver does not know \"{unknown}\"; it knows {string.Join(" and ", DecodingWords.Solvers.Keys)}.");
            return words;
        },
    };

    /// <summary>The numbers that <see cref="Steps"/> was given; the default ones where it is not given.</summary>
    public static IEnumerable<int> StepsOf(int[]? steps, params int[] defaults) => steps is null or [] ? defaults : steps;

    /// <summary>The solvers that <see cref="Solvers"/> names; DDIM where it is not given.</summary>
    public static IEnumerable<Solver> SolversOf(string[]? words) =>
        words is null or [] ? [Solver.Ddim] : words.Select(word => DecodingWords.Solvers[word]);

    public static Option<bool> Exact() => new("--exact")
    {
        Description = "Also find each image's stochastic code and decode from that; three times the work",
    };

    public static Option<string?> Weights() => new("--weights")
    {
        Description = $"A folder with published weight files, for LPIPS and FID; without it the one that {WeightsFolder.Variable} names",
        HelpName = "DIR",
    };

    public static Option<string?> Judge() => new("--judge")
    {
        Description = "A classifier that `underpaint judge` trained, for a Fréchet distance on its features",
        HelpName = "FILE",
    };

    public static Option<string?> Probe() => new("--probe")
    {
        Description = $"Labelled images, such as the training data, to read classes from codes by ({CodeClassification.DefaultExamples} of them); "
            + "the images judged need the same labels",
        HelpName = "PATH",
    };

    private static IEnumerable<string> Words(ArgumentResult result) =>
        result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static int StepsOf(string word, ArgumentResult result)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && steps is >= 1 and <= Parameters.MostSteps)
            return steps;
        result.AddError($"--steps must be whole numbers of 1 … {Parameters.MostSteps}, and \"{word}\" is none.");
        return 0;
    }
}
