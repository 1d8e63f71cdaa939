namespace Underpaint.Cli.Tests.Progress;

public sealed class UnbreakableProgressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_ends_well_though_its_terminal_is_gone()
    {
        using var output = new ClosingWriter("checkpoint at 16 images");
        string[] command = TinyRun.Train(TinyRun.WriteRecipe(_folder.Path), _folder.File("run"));
        CommandLine.Run(command, new(Cli.Console(output), Cli.Console(output), TimeProvider.System, default));
        Assert.Contains("64 of 64 images, finished", Cli.Run("inspect", _folder.File("run")).Succeeded());
    }

    private sealed class ClosingWriter(string lastWords) : StringWriter
    {
        private bool _isClosed;

        public override void WriteLine(string? value)
        {
            if (_isClosed)
                throw new IOException("Input/output error");
            _isClosed = value?.Contains(lastWords, StringComparison.Ordinal) == true;
        }
    }
}
