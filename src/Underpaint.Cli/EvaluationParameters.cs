using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Underpaint.Codes.Probes;
using Underpaint.Diffusion;
using Underpaint.Evaluation;

namespace Underpaint.Cli;

/// <summary>How models are judged, as several verbs let it be chosen; unlike elsewhere, several ways of decoding can be asked for at once.</summary>
/// <param name="images">How many images are used where the command line does not say; null for all.</param>
/// <param name="steps">The numbers of steps where it does not say.</param>
internal sealed class EvaluationParameters(int? images, params int[] steps)
{
    /// <summary>The images to judge by.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Images to judge by, such as a folder or a zip archive; without it those that the run held out of training",
        HelpName = "PATH",
    };

    /// <summary>How many of them.</summary>
    public Option<int?> Limit { get; } = Parameters.Limit(images is null ? "" : $"[default: {images}]");

    /// <summary>How many network calls.</summary>
    public Option<int[]?> Steps { get; } = new("--steps")
    {
        Description = "Numbers of decoding steps, with commas between them; 1 is the structure image, which is always there "
            + $"[default: {string.Join(',', steps)}]",
        HelpName = "N,N,…",
        CustomParser = result => [.. Words(result).Select(word => StepsOf(word, result))],
    };

    /// <summary>How decoding gets from one noise level to the next.</summary>
    public Option<string[]?> Solvers { get; } = new("--solver")
    {
        Description = "How decoding steps: dpm++, which is of second order, or ddim, the published way; both with a comma between them "
            + $"[default: {DecodingWords.Of(StandardDecoding.Solver)}]",
        HelpName = string.Join(',', DecodingWords.Solvers.Keys),
        CustomParser = result =>
        {
            string[] words = [.. Words(result)];
            if (words.FirstOrDefault(word => !DecodingWords.Solvers.ContainsKey(word)) is { } unknown)
                result.AddError($"--solver does not know \"{unknown}\"; it knows {string.Join(" and ", DecodingWords.Solvers.Keys)}.");
            return words;
        },
    };

    /// <summary>Where the noise levels lie.</summary>
    public Option<string> Grid { get; } = Parameters.Grid();

    /// <summary>Whether stochastic codes are found, too.</summary>
    public Option<bool> Exact { get; } = new("--exact")
    {
        Description = "Also find each image's stochastic code, in as many steps, and decode from that; three times the work",
    };

    /// <summary>Seed of the noise that decoding starts from.</summary>
    public Option<long> Seed { get; } = Parameters.Seed();

    /// <summary>The folder of weight files for LPIPS and FID.</summary>
    public Option<string?> Weights { get; } = Parameters.Weights();

    /// <summary>The judge's file.</summary>
    public Option<string?> Judge { get; } = Parameters.Judge();

    /// <summary>Labelled images to fit a probe on.</summary>
    public Option<string?> Probe { get; } = new("--probe")
    {
        Description = $"Labelled images, such as the training data, to read classes from codes by ({CodeClassification.DefaultExamples} of them); "
            + "the images judged need the same labels",
        HelpName = "PATH",
    };

    /// <summary>Where it is computed.</summary>
    public Option<string> Device { get; } = Parameters.Device();

    /// <summary>In which type.</summary>
    public Option<string> Precision { get; } = Parameters.Precision();

    /// <summary>Loads what models are judged by; the caller disposes it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UnderpaintException">Something cannot be read.</exception>
    public ChosenMeasures MeasuresIn(ParseResult parsed) =>
        ChosenMeasures.Load(parsed.GetValue(Weights), parsed.GetValue(Judge), parsed.GetValue(Probe), parsed.GetValue(Device)!);

    /// <summary>What was chosen.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="measures">What models are judged by.</param>
    public EvaluationOptions OptionsIn(ParseResult parsed, ChosenMeasures measures) => new()
    {
        Measures = measures.All,
        Limit = parsed.GetValue(Limit) ?? images,
        Decodings = Decoding.All(parsed.GetValue(Steps) is { Length: > 0 } chosen ? chosen : steps, SolversIn(parsed),
            DecodingWords.Grids[parsed.GetValue(Grid)!], parsed.GetValue(Exact)),
        Seed = parsed.GetValue(Seed),
    };

    private IEnumerable<Solver> SolversIn(ParseResult parsed) =>
        parsed.GetValue(Solvers) is { Length: > 0 } words ? words.Select(word => DecodingWords.Solvers[word]) : [StandardDecoding.Solver];

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
