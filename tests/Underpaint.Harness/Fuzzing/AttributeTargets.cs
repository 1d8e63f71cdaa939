using Underpaint.Codes.Attributes;
using Underpaint.Codes.Directions;

namespace Underpaint.Harness.Fuzzing;

/// <summary>The readers of attributes and directions.</summary>
internal static class AttributeTargets
{
    /// <summary>All of them; they use a folder for the files that they read.</summary>
    public static IEnumerable<FuzzTarget> All(string folder) => [Csv(folder), Celeba(folder), Directions(folder)];

    private static FuzzTarget Csv(string folder) => new("csv",
        [.. FuzzWords.Of("file,smile,\"age, in years\"\r\na.png,1,20.5\r\n\"b\"\"1\"\".png\",0,-3e2\r\n", "file,x\na,true\nb,false\n")],
        input => Read(Path.Combine(folder, "fuzz.csv"), input))
    {
        Words = [.. FuzzWords.Of(",", "\"", "\"\"", "\r\n", "\n", "NaN", "1e999", "true", "file,x")],
    };

    private static FuzzTarget Celeba(string folder) => new("celeba", [.. FuzzWords.Of("2\nSmiling Male\n000001.jpg  1 -1\n000002.jpg -1  1\n")],
        input => Read(Path.Combine(folder, "fuzz-attributes.txt"), input))
    {
        Words = [.. FuzzWords.Of(" ", "\n", "-1", "1", "2147483648", "0")],
    };

    private static FuzzTarget Directions(string folder)
    {
        string path = Path.Combine(folder, "fuzz-directions.safetensors");
        new DirectionSet
        {
            Model = new string('a', 64),
            Statistics = new([0, 1], [1, 2]),
            Directions =
            [
                new() { Name = "smile", IsBinary = true, Effect = [0, 3], Probe = [1, 2], ProbeUnit = 0.3, Examples = [3, 4], Scores = new(0.9, 0.8, 0.7, 0.6) },
                new() { Name = "age", IsBinary = false, Effect = [1, 0], Probe = [2, 1], ProbeUnit = 0.2, Examples = [7], Explained = 0.5, Warning = "few" },
            ],
        }.Save(path);
        return new("directions", [File.ReadAllBytes(path)],
            input =>
            {
                FuzzTarget.Put(path, input);
                DirectionSet set = DirectionSet.Load(path);
                _ = set.Move(new float[set.Statistics.CodeSize], [new(set.Directions[0].Name, 1)]);
            })
        {
            Words = [.. FuzzWords.Json, .. FuzzWords.Of("underpaint.directions", "\"probeUnit\":", "\"examples\":[", "\"mean\":[", "\"deviation\":[", "\"data_offsets\":[0,16]")],
        };
    }

    private static void Read(string path, byte[] input)
    {
        FuzzTarget.Put(path, input);
        _ = AttributeSheet.Read(path);
    }
}
