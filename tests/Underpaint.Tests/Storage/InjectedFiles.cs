using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>
/// A disk with one fault at a chosen step. What was not flushed it can lose, as a real one does when the power goes: every
/// change of a name can be taken back until its folder is flushed, and of every file only the flushed part is sure. It never
/// waits for the real disk.
/// </summary>
/// <param name="fault">What goes wrong.</param>
/// <param name="isNow">Whether it goes wrong at this step; asked until the first yes.</param>
internal sealed class InjectedFiles(Fault fault, Func<SavePoint, bool> isNow) : IFiles, IDisposable
{
    /// <summary>What a process that is dead is told, should it still ask for something.</summary>
    public const string LastWords = "The process is dead";

    /// <summary>A disk that fails at a step given by its number, from 1 on; never, where there are fewer.</summary>
    public InjectedFiles(Fault fault, int step)
        : this(fault, _ => --step == 0)
    {
    }

    private readonly TemporaryFolder _trash = new();
    private readonly Dictionary<string, long> _sureLengths = [];
    private readonly List<(string Folder, Action Undo)> _unsureNames = [];
    private bool _isDead;
    private int _trashed;

    /// <summary>Whether the fault has happened.</summary>
    public bool Happened { get; private set; }

    /// <summary>The chosen step's purpose, once it has happened.</summary>
    public SavePoint? Point { get; private set; }

    /// <summary>Whether every step goes wrong, beside the chosen one.</summary>
    public bool FailsAlways { get; set; }

    /// <summary>How much room the disk says it has; null where it does not tell.</summary>
    public long? Free { get; set; }

    public long? FreeBytes(string folder) => Free;

    public Stream Create(string path)
    {
        Step(nameof(Create), path);
        Stream file = Disk.Instance.Create(path);
        _sureLengths[path] = 0;
        Unsure(path, () => File.Delete(path));
        return new InjectedStream(file, path, this);
    }

    public Stream Open(string path)
    {
        Step(nameof(Open), path);
        Stream file = Disk.Instance.Open(path);
        _sureLengths[path] = file.Length;
        return new InjectedStream(file, path, this);
    }

    public void Flush(Stream file)
    {
        var injected = (InjectedStream)file;
        Step(nameof(Flush), injected.Path);
        injected.Flush();
        _sureLengths.Remove(injected.Path);
    }

    public void MoveFile(string from, string to)
    {
        Step(nameof(MoveFile), to);
        string? replaced = File.Exists(to) ? Discard(to) : null;
        File.Move(from, to);
        Unsure(to, () =>
        {
            File.Move(to, from);
            if (replaced is not null)
                File.Move(replaced, to);
        });
    }

    public void DeleteFile(string path)
    {
        Step(nameof(DeleteFile), path);
        if (!File.Exists(path))
            return;
        string kept = Discard(path);
        Unsure(path, () => File.Move(kept, path));
    }

    public void CreateFolder(string path)
    {
        Step(nameof(CreateFolder), path);
        if (Directory.Exists(path))
            return;
        Directory.CreateDirectory(path);
        Unsure(path, () => Directory.Delete(path, recursive: true));
    }

    public void MoveFolder(string from, string to)
    {
        Step(nameof(MoveFolder), from);
        Directory.Move(from, to);
        Unsure(to, () => Directory.Move(to, from));
    }

    public void DeleteFolder(string path)
    {
        Step(nameof(DeleteFolder), path, half: () => File.Delete(Directory.GetFiles(path).Order().FirstOrDefault() ?? path));
        string kept = Discard(path);
        Unsure(path, () => Directory.Move(kept, path));
    }

    public void SyncFolder(string path)
    {
        Step(nameof(SyncFolder), path);
        _unsureNames.RemoveAll(name => name.Folder == path);
    }

    public void Dispose() => _trash.Dispose();

    private void Unsure(string path, Action undo) => _unsureNames.Add((Path.GetDirectoryName(path)!, undo));

    // Out of sight, but not yet gone for ever.
    private string Discard(string path)
    {
        string kept = _trash.File($"{_trashed++}");
        Directory.Move(path, kept);
        return kept;
    }

    private void Step(string step, string path, Action? half = null)
    {
        if (_isDead)
            throw Dead();
        SavePoint point = SavePoints.Of(step, path);
        if (!FailsAlways && (Happened || !isNow(point)))
            return;
        (Happened, Point) = (true, point);
        _isDead = fault is Fault.Killed or Fault.PowerCutOfNames or Fault.PowerCutOfContents;
        if (fault is Fault.Full or Fault.Killed)
            half?.Invoke();
        if (fault is Fault.PowerCutOfNames)
            Enumerable.Reverse(_unsureNames).ToList().ForEach(name => name.Undo());
        throw fault switch
        {
            Fault.Full => new IOException("No space left on device", 28),
            Fault.Broken => new IOException("Input/output error", 5),
            Fault.Forbidden => new UnauthorizedAccessException("Permission denied"),
            _ => Dead(),
        };
    }

    /// <summary>What the power cut does to contents; called when the "process" has let go of its files.</summary>
    public void Restart()
    {
        if (!Happened || fault is not Fault.PowerCutOfContents)
            return;
        foreach ((string path, long sure) in _sureLengths.Where(file => File.Exists(file.Key)))
        {
            using FileStream file = File.OpenWrite(path);
            file.SetLength(sure + (file.Length - sure) / 2);
        }
    }

    private static IOException Dead() => new(LastWords);

    private sealed class InjectedStream(Stream inner, string path, InjectedFiles files) : Stream
    {
        public string Path => path;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            files.Step(nameof(Write), path, half: () => inner.Write(buffer, offset, count / 2));
            inner.Write(buffer, offset, count);
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Flush() => inner.Flush();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
