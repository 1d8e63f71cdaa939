using Underpaint.Data.Images;
using Underpaint.Data.Sources;
using Underpaint.Data.Synthetic;
using Underpaint.Evaluation.Judging;
using Underpaint.Tests.Data;

namespace Underpaint.Tests.Evaluation.Judging;

public sealed class JudgeTests : IDisposable
{
    private static readonly JudgeOptions Small = new() { Size = 8, Channels = 8, Features = 12, Images = 64, Batch = 16, HeldOut = 10 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_learns_to_tell_classes_apart_that_it_has_not_seen()
    {
        using Judge judge = Judge.Train(new Shades(200), Small with { Images = 1600, LearningRate = 1e-2, HeldOut = 20 }, Tiny.Device);
        JudgeScore score = Assert.Single(judge.Description.Scores);
        Assert.Equal("class", score.Question);
        Assert.True(score.Accuracy > 0.9, $"{score.Accuracy} of the held-out classes are right.");
        Assert.Equal((180, 20), (judge.Description.TrainingImages, judge.Description.HeldOutImages));
        double[][] answers = judge.Answer([SampleImages.Flat(5, 250), SampleImages.Flat(9, 3, channels: 1)]);
        Assert.Equal([1, 0], answers.Select(answer => answer[0]));
    }

    [Fact]
    public void On_ornaments_it_answers_for_every_factor()
    {
        var costs = new List<double>();
        using Judge judge = Judge.Train(Tiny.Images(), Small, Tiny.Device, progress => costs.Add(progress.Cost));
        Assert.Equal(OrnamentFactor.All.Select(factor => factor.Name), judge.Description.Questions.Select(question => question.Name));
        Assert.Equal(4, costs.Count);
        Assert.True(costs[^1] < costs[0]);
        double[] answers = judge.Answer([Tiny.Images().Read(0)])[0];
        Assert.All(OrnamentFactor.All.Zip(answers), pair => Assert.InRange(pair.Second, pair.First.Low, pair.First.High));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_others()
    {
        using Judge first = Judge.Train(Tiny.Images(), Small, Tiny.Device), again = Judge.Train(Tiny.Images(), Small, Tiny.Device);
        using Judge other = Judge.Train(Tiny.Images(), Small with { Seed = 1 }, Tiny.Device);
        Assert.Equal(first.Description.Identity, again.Description.Identity);
        Assert.NotEqual(first.Description.Identity, other.Description.Identity);
        Assert.Equal(first.Metric.Version, again.Metric.Version);
        Assert.NotEqual(first.Metric.Version, other.Metric.Version);
    }

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        using Judge judge = Judge.Train(Tiny.Images(), Small, Tiny.Device);
        judge.Save(_folder.File("judge.safetensors"));
        using Judge loaded = Judge.Load(_folder.File("judge.safetensors"));
        PixelImage[] images = [Tiny.Images().Read(1), Tiny.Images().Read(2)];
        Assert.Equal(judge.FeaturesOf(images), loaded.FeaturesOf(images));
        Assert.Equal(24, loaded.FeaturesOf(images).Length);
        Assert.Equal(judge.Answer(images), loaded.Answer(images));
        Assert.Equal(judge.Description.Scores, loaded.Description.Scores);
        Assert.Equal(judge.Description.Identity, loaded.Description.Identity);
        Assert.True(JudgeFile.IsJudge(_folder.File("judge.safetensors")));
    }

    [Fact]
    public void Its_distance_is_named_as_what_it_is()
    {
        using Judge judge = Judge.Train(new Shades(40), Small, Tiny.Device);
        string definition = judge.Metric.Definition;
        Assert.Contains($"our own classifier {judge.Description.Identity}, trained on 40 shades (held-out accuracy ", definition, StringComparison.Ordinal);
        Assert.Contains("; not FID", definition, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_trained_once_for_the_same_images_and_options()
    {
        string path = _folder.File("judge.safetensors");
        int steps = 0;
        string first = Identity(Tiny.Images(), Small);
        Assert.Equal(4, steps);
        Assert.Equal(first, Identity(Tiny.Images(), Small));
        Assert.Equal(4, steps);
        Assert.Throws<UnderpaintException>(() => Identity(Tiny.Images(), Small with { Images = 80 }));
        Assert.Throws<UnderpaintException>(() => Identity(new Ornaments(40, 16, seed: 8), Small));
        Assert.Equal(first, Identity(Tiny.Images(), Small));

        string Identity(IImageSource source, JudgeOptions options)
        {
            using Judge judge = Judge.LoadOrTrain(path, source, options, Tiny.Device, _ => steps++);
            return judge.Description.Identity;
        }
    }

    [Fact]
    public void Stopped_it_writes_nothing()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            Judge.LoadOrTrain(_folder.File("judge.safetensors"), Tiny.Images(), Small, Tiny.Device, _ => stop.Cancel(), stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_found_before_the_work() => Assert.Throws<UnderpaintException>(() =>
        Judge.LoadOrTrain(_folder.File("none", "judge.safetensors"), Tiny.Images(), Small, Tiny.Device, _ => Assert.Fail("It was trained in vain.")));

    [Fact]
    public void Images_that_cannot_be_read_are_passed_over()
    {
        using Judge all = Judge.Train(new MemorySource(40), Small, Tiny.Device), some = Judge.Train(new MemorySource(40, unreadable: [.. Enumerable.Range(0, 20)]), Small, Tiny.Device);
        Assert.Equal(4, all.Description.HeldOutImages);
        Assert.InRange(some.Description.HeldOutImages, 1, 3);
    }

    [Fact]
    public void It_can_be_tried_on_other_images_with_the_same_questions()
    {
        using Judge judge = Judge.Train(Tiny.Images(), Small, Tiny.Device);
        Assert.Equal(12, judge.Score(new Ornaments(10, 16, seed: 77)).Count);
        Assert.Throws<UnderpaintException>(() => judge.Score(new Shades(30)));
    }

    [Fact]
    public void Images_that_teach_nothing_are_refused()
    {
        Refused(new Shades(100, classes: 1), "only one");
        Refused(new Shades(100, classes: 0), "none");
        Refused(new Shades(19), "at least 20");
        Refused(new Shades(100), "cannot be 5", Small with { Size = 5 });

        static void Refused(IImageSource source, string words, JudgeOptions? options = null) =>
            Assert.Contains(words, Assert.Throws<UnderpaintException>(() => Judge.Train(source, options ?? Small, Tiny.Device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_or_another_program_s_is_refused()
    {
        string path = _folder.File("judge.safetensors");
        using (Judge judge = Judge.Train(Tiny.Images(), Small, Tiny.Device))
            judge.Save(path);
        byte[] whole = File.ReadAllBytes(path);
        Refused("checksum", bytes => bytes[^3] ^= 1);
        Refused("another version", bytes => Replace(bytes, "version\\\":1", "version\\\":7"));
        Refused("impossible", bytes => Replace(bytes, "size\\\":8", "size\\\":1"));
        Refused("damaged description", bytes => Replace(bytes, "\\\"questions\\\"", "\\\"qUestions\\\""));
        File.WriteAllBytes(path, [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]);
        Assert.Contains("not a judge", Assert.Throws<FileFormatException>(() => Judge.Load(path)).What, StringComparison.Ordinal);

        void Refused(string words, Action<byte[]> damage)
        {
            byte[] damaged = [.. whole];
            damage(damaged);
            File.WriteAllBytes(path, damaged);
            Assert.Contains(words, Assert.Throws<FileFormatException>(() => Judge.Load(path)).What, StringComparison.Ordinal);
        }

        static void Replace(byte[] bytes, string old, string now)
        {
            int at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(old));
            Assert.True(at > 0, $"The file has no {old}.");
            System.Text.Encoding.UTF8.GetBytes(now).CopyTo(bytes, at);
        }
    }

    /// <summary>Flat images: dark ones are one class, bright ones the other.</summary>
    private sealed class Shades(int count, int classes = 2) : IImageSource
    {
        public string Description => $"{count} shades";

        public int Count => count;

        public IReadOnlyList<string> LabelNames => [.. new[] { "dark", "bright" }.Take(classes)];

        public string NameOf(int index) => $"shade {index}";

        public int? LabelOf(int index) => classes == 0 ? null : index % classes;

        public PixelImage Read(int index) => SampleImages.Flat(8, (byte)(index * 37 % 100 + index % 2 * 155));

        public void Dispose()
        {
        }
    }
}
