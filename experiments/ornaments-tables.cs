// Makes codes.md, the tables of what experiments/ornaments-codes.sh has written:
//   dotnet run experiments/ornaments-tables.cs -- results/ornaments/codes
using System.Text;
using System.Text.Json;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run experiments/ornaments-tables.cs -- results/ornaments/codes");
    return 2;
}

string[] arms = ["two-phase", "diffae"];
string[] factors = ["shape", "x", "y", "size", "hue", "background-hue", "background-tone", "texture", "frequency", "phase", "orientation", "grain"];
var text = new StringBuilder("# What the codes of ornaments tell\n\nMade by `experiments/ornaments-tables.cs`; means over seeds, lowest and highest in brackets. The first seven factors are structure, the others detail.\n");
WriteTold();
foreach (string along in new[] { "curve", "effect" })
    WriteEdits(along);
WriteSamples();
File.WriteAllText(Path.Combine(Path.GetDirectoryName(args[0].TrimEnd('/'))!, "codes.md"), text.ToString());
return 0;

void WriteTold()
{
    text.Append("\n## Told by codes\n\n4 000 codes to learn from, 1 000 held out. By linear probes: balanced accuracy of classes (half is chance), mean of the factor's classes; else R², of an angle the mean of its cosine and sine. By the kernel regression that curves begin with: R² of all.\n");
    WriteTable([.. arms, .. arms.Select(arm => $"{arm}, by curves")], factor => new[] { Told, ToldByCurve }.SelectMany(how =>
        arms.Select(arm => Seeds(arm, "attributes").Select(json => Of(json.GetProperty("directions"), "name", factor).Average(how)))));
}

void WriteEdits(string along)
{
    text.Append($"\n## Changed along each factor's {along}\n\n200 images each; a class at strength 1, a number at 0.25. Changed: the share that went in the direction asked for by more than the judge's mean error, mean of the factor's directions. Kept: the share of the other factors' answers within the error of 95 % of the judge's.\n");
    WriteTable([.. arms.SelectMany(arm => new[] { $"{arm}: changed", "kept", "structure kept least" })], factor => arms.SelectMany(arm =>
    {
        JsonElement[][] seeds = [.. Seeds(arm, along).Select(json => Of(json.GetProperty("edits"), "direction", factor))];
        return new[]
        {
            seeds.Select(edits => edits.Average(edit => edit.GetProperty("changed").GetProperty("mean").GetDouble())),
            seeds.Select(edits => edits.Average(edit => Kept(edit, factors).Average())),
            seeds.Select(edits => edits.Min(edit => Kept(edit, factors[..7]).Min())),
        };
    }));
}

void WriteSamples()
{
    text.Append("\n## New images\n\nFréchet distance on the judge's features between 2 000 images and as many real ones, of seed 0 only; lower is better.\n\n| | " + string.Join(" | ", arms) + " |\n|" + string.Concat(Enumerable.Repeat(" --- |", arms.Length + 1)) + "\n");
    foreach (var (kind, title) in new[] { ("latent", "codes of the latent model"), ("gaussian", "codes of a Gaussian"), ("reconstructions", "reconstructions of the real ones") })
        text.Append($"| {title} | {string.Join(" | ", arms.Select(arm => Range(Seeds(arm, kind).Select(Distance), "0.0")))} |\n");
}

void WriteTable(string[] columns, Func<string, IEnumerable<IEnumerable<double>>> figures)
{
    text.Append($"\n| | {string.Join(" | ", columns)} |\n|{string.Concat(Enumerable.Repeat(" --- |", columns.Length + 1))}\n");
    foreach (string factor in factors)
        text.Append($"| {factor} | {string.Join(" | ", figures(factor).Select(seeds => Range(seeds, "0.00")))} |\n");
}

IEnumerable<JsonElement> Seeds(string arm, string what) => Directory.EnumerateFiles(args[0], $"{arm}-?-{what}.json").Order(StringComparer.Ordinal)
    .Select(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);

static JsonElement[] Of(JsonElement list, string key, string factor) => [.. list.EnumerateArray().Where(entry =>
    entry.GetProperty(key).GetString() is { } name && (name == factor || name.StartsWith($"{factor}=", StringComparison.Ordinal) || name == $"{factor}-cos" || name == $"{factor}-sin"))];

static IEnumerable<double> Kept(JsonElement edit, string[] of) => edit.GetProperty("kept").EnumerateArray()
    .Where(kept => of.Contains(kept.GetProperty("question").GetString())).Select(kept => kept.GetProperty("share").GetDouble());

static double Told(JsonElement direction) => direction.GetProperty("isBinary").GetBoolean()
    ? direction.GetProperty("scores").GetProperty("balancedAccuracy").GetDouble()
    : direction.GetProperty("explained").GetDouble();

static double ToldByCurve(JsonElement direction) => direction.GetProperty("toldByCurve").GetDouble();

static double Distance(JsonElement json) => json.TryGetProperty("distances", out JsonElement distances)
    ? distances[0].GetProperty("value").GetDouble()
    : json.GetProperty("decodings").EnumerateArray().Last().GetProperty("figures").GetProperty("judgeDistance").GetProperty("value").GetDouble();

static string Range(IEnumerable<double> seeds, string format)
{
    double[] all = [.. seeds];
    string Text(double value) => value.ToString(format, System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
    return all.Length == 0 ? "" : all.Length == 1 ? Text(all[0]) : $"{Text(all.Average())} [{Text(all.Min())}, {Text(all.Max())}]";
}
