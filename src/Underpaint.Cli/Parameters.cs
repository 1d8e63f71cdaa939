using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Underpaint.Codes.Directions;
using Underpaint.Codes.Files;
using Underpaint.Diffusion;
using Underpaint.Evaluation;
using Underpaint.Evaluation.Perceptual;
using Underpaint.Machine;
using Underpaint.Networks;

namespace Underpaint.Cli;

/// <summary>The arguments and options that several verbs share, so that they mean the same everywhere.</summary>
internal static class Parameters
{
    /// <summary>The number of levels of the discrete schedule, which is the most that any schedule can use.</summary>
    public const int MostSteps = 1000;

    private static readonly string[] Kinds = [.. Enum.GetNames<DirectionKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>Whatever images can be opened from.</summary>
    public const string ImagesDescription =
        "The images: a folder, a zip archive, an LMDB database, parquet files or tar archives (one, or the folder or the common beginning of several), an IDX file, one image, or ornaments[:COUNT,SIZE,SEED]";

    public static Argument<string> Model() => new("MODEL") { Description = "A run folder or a model file" };

    public static Argument<string> Run() => new("RUN") { Description = "The folder of a run, such as runs/0001-two-phase" };

    public static Option<string> Data() => new("--data")
    {
        Description = ImagesDescription,
        HelpName = "PATH",
        Required = true,
    };

    public static Option<string[]> Set(string description) => new("--set") { Description = $"{description}; may be given several times", HelpName = "path=value" };

    public static Option<string?> RunFolder() => new("--out")
    {
        Description = "The run's own folder; without it a new one below runs/",
        HelpName = "DIR",
    };

    public static Option<string?> Validation() => new("--validation")
    {
        Description = "Images to judge by, which are not trained on; without it a few of the data are held out",
        HelpName = "PATH",
    };

    public static Option<string> Device() => OneOf("--device", ComputeDevice.Names, "Where to compute");

    public static Option<string> Precision() => OneOf("--precision", ComputeDevice.Precisions,
        "Type of the activations: bfloat16 is twice as fast where the processor knows it");

    public static Option<int?> Threads() => AtLeastOne(new Option<int?>("--threads")
    {
        Description = "CPU threads to compute with; a run repeats exactly only with the same number",
        HelpName = "N",
    });

    public static Option<int?> Limit(string defaults = "") => AtLeastOne(new Option<int?>("--limit")
    {
        Description = $"Use only the first N images {defaults}".TrimEnd(),
        HelpName = "N",
    });

    public static Option<int> Steps(int standard = StandardDecoding.Steps) => AtLeastOne(new Option<int>("--steps")
    {
        Description = "Decoding steps",
        HelpName = "N",
        DefaultValueFactory = _ => standard,
    }, MostSteps);

    public static Option<int> InversionSteps() => AtLeastOne(new Option<int>("--inversion-steps")
    {
        Description = "Steps by which stochastic codes are found; more are more exact",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    }, MostSteps);

    public static Option<int> Frames(int standard) => Between(new Option<int>("--frames")
    {
        Description = "Pictures on the way, both ends included",
        HelpName = "N",
        DefaultValueFactory = _ => standard,
    }, least: 2, most: 1000);

    public static Option<int> Milliseconds() => Between(new Option<int>("--milliseconds")
    {
        Description = "How long the animation shows each picture",
        HelpName = "N",
        DefaultValueFactory = _ => 80,
    }, least: 1, most: 60_000);

    public static Option<string?> Along() => new Option<string?>("--along")
    {
        Description = "What is followed: what the attribute changes in this image's code, what it changes on average, or the weights of the probe that tells it, as Diff-AE does "
            + "[default: curve, or effect where the file has no curves]",
        HelpName = string.Join('|', Kinds),
    }.AcceptOnlyFromAmong(Kinds);

    public static Argument<string[]> Images() => new("IMAGES")
    {
        Description = $"{ImagesDescription}; several are joined",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> Directions() =>
        new("--directions") { Description = "The directions file, from `underpaint attributes`", HelpName = "FILE", Required = true };

    public static Argument<string[]> CodeFiles() => new("CODES")
    {
        Description = "Code files that `underpaint encode` wrote; several are shards of one encoding",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> CodeDestination() => Checked<string>(new("--out")
    {
        Description = $"The code file to write: {CodeFile.Kinds}",
        HelpName = "FILE",
        Required = true,
    }, CodeFile.CheckKind);

    public static Option<string> Shard(string description) => Checked<string>(new("--shard")
    {
        Description = description,
        HelpName = "N/COUNT",
        DefaultValueFactory = _ => "1/1",
    }, text => Codes.Shard.Parse(text));

    public static Option<string> Preset()
    {
        Option<string> preset = PresetOf("Model and image size");
        preset.DefaultValueFactory = _ => "cifar32";
        return preset;
    }

    public static Option<string> PresetOf(string description)
    {
        string[] names = [.. ModelPresets.All.Select(preset => preset.Name)];
        return new Option<string>("--preset")
        {
            Description = $"{description}: {string.Join(", ", names)}",
            HelpName = "NAME",
        }.AcceptOnlyFromAmong(names);
    }

    public static Option<TimeSpan?> TimeLimit() => new("--time-limit")
    {
        Description = "Stop after this time, such as 3h or 90m; what is under way is saved",
        HelpName = "TIME",
        CustomParser = result =>
        {
            TimeSpan? time = Cli.TimeLimit.Parse(result.Tokens[0].Value);
            if (time is null)
                result.AddError($"--time-limit is \"{result.Tokens[0].Value}\"; write a time of up to 30 days, such as 3h, 90m or 2h30m.");
            return time;
        },
    };

    public static Option<int> Seconds() => Between(new Option<int>("--seconds")
    {
        Description = "How long each of the three is repeated, at least; five times in any case",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    }, least: 0);

    public static Option<string> Solver() => OneOf("--solver", DecodingWords.Solvers.Keys,
        "How decoding steps: dpm++, which is of second order, or ddim, the published way");

    public static Option<string> Grid() => OneOf("--grid", DecodingWords.Grids.Keys,
        "Where the steps lie: evenly in the log-SNR, evenly in time, or closer together at low noise");

    public static Option<bool> Exact() => new("--exact")
    {
        Description = "Find each image's stochastic code first and decode from that, instead of from noise; twice the work",
    };

    public static Option<long> Seed() => new("--seed")
    {
        Description = "Seed of the noise that decoding starts from",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    public static Option<int> LatentSteps() => AtLeastOne(new Option<int>("--latent-steps")
    {
        Description = "Steps by which the latent model makes a code",
        HelpName = "N",
        DefaultValueFactory = _ => 200,
    }, MostSteps);

    public static Option<int> SampleCount() => AtLeastOne(new Option<int>("--count")
    {
        Description = "How many new images",
        HelpName = "N",
        DefaultValueFactory = _ => 16,
    });

    public static Option<int> Neighbors() => Between(new Option<int>("--neighbors")
    {
        Description = "How many of the nearest known images stand beside each new one; 0 for none",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    }, least: 0, most: 16);

    public static Option<int> JudgeSize(int size) => Between(new Option<int>("--size")
    {
        Description = "Width and height that the judge resizes images to, in pixels: those of the models that it shall judge",
        HelpName = "N",
        DefaultValueFactory = _ => size,
    }, 8, 256);

    public static Option<int?> PreparedSize() => Between(new Option<int?>("--size")
    {
        Description = "Resize and crop every image to this width and height in pixels, and write it without loss as PNG",
        HelpName = "N",
    }, 1, 16_384);

    public static Option<int> JudgeImages(long images) => AtLeastOne(new Option<int>("--images")
    {
        Description = "How many images it sees in training, however few there are",
        HelpName = "N",
        DefaultValueFactory = _ => (int)images,
    });

    public static Option<long> JudgeSeed() => new("--seed")
    {
        Description = "Seed of the weights, the order of images, and the choice of those held out",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
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

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text" };

    /// <summary>Makes bad usage of what the library refuses of an option's text, in the library's own words.</summary>
    public static Option<T> Checked<T>(Option<T> option, Action<string> check)
    {
        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens is [{ Value: var text }])
                    check(text);
            }
            catch (UnderpaintException error)
            {
                result.AddError(error.Message);
            }
        });
        return option;
    }

    /// <summary>Reads a number with a decimal point, for options that are not whole numbers. What reads them by default takes a comma for a mark between thousands, and 0,25 for 25.</summary>
    public static double Number(ArgumentResult result, bool isPositive = false)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && (number > 0 || !isPositive))
            return number;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be a number{(isPositive ? " above 0" : "")} such as 0.25, and is \"{text}\".");
        return 0;
    }

    // The first word is the default.
    private static Option<string> OneOf(string name, IEnumerable<string> words, string description) => new Option<string>(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        DefaultValueFactory = _ => words.First(),
    }.AcceptOnlyFromAmong([.. words]);

    private static Option<T> AtLeastOne<T>(Option<T> option, int most = int.MaxValue) => Between(option, 1, most);

    private static Option<T> Between<T>(Option<T> option, int least, int most = int.MaxValue)
    {
        option.Validators.Add(result =>
        {
            // What cannot be read as a number at all is reported already.
            if (result.Tokens is not [{ Value: var text }] || !int.TryParse(text, out int value) || (value >= least && value <= most))
                return;
            string allowed = most == int.MaxValue ? $"at least {least}" : $"{least} … {most}";
            result.AddError($"{option.Name} must be {allowed}, and is {value}.");
        });
        return option;
    }
}
