using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

/// <summary>A disk that is full at one chosen step or, where the process "dies" there, from that step on.</summary>
internal sealed class FaultyFiles(int failAt, bool dies = false) : IFiles
{
    private int _steps;
    private bool _fails;

    /// <summary>Whether the chosen step was reached.</summary>
    public bool Failed => _steps >= failAt;

    /// <summary>What a failing step throws; by default that the disk is full.</summary>
    public Func<Exception> Error { get; init; } = () => new IOException("No space left on device", 28);

    /// <summary>Makes every step fail, or none but the chosen one again.</summary>
    public void FailFromNowOn(bool fails) => _fails = fails;

    public Stream Create(string path)
    {
        Step();
        return new FaultyStream(Disk.Instance.Create(path), this);
    }

    public Stream Open(string path)
    {
        Step();
        return new FaultyStream(Disk.Instance.Open(path), this);
    }

    public void Flush(Stream file)
    {
        Step();
        Disk.Instance.Flush(((FaultyStream)file).Inner);
    }

    public void MoveFile(string from, string to)
    {
        Step();
        Disk.Instance.MoveFile(from, to);
    }

    public void DeleteFile(string path)
    {
        Step();
        Disk.Instance.DeleteFile(path);
    }

    public void CreateFolder(string path)
    {
        Step();
        Disk.Instance.CreateFolder(path);
    }

    public void MoveFolder(string from, string to)
    {
        Step();
        Disk.Instance.MoveFolder(from, to);
    }

    public void DeleteFolder(string path)
    {
        // The worst moment is in the middle.
        Step(orElse: () => File.Delete(Directory.GetFiles(path).Order().FirstOrDefault() ?? path));
        Disk.Instance.DeleteFolder(path);
    }

    public void SyncFolder(string path)
    {
        Step();
        Disk.Instance.SyncFolder(path);
    }

    public long? FreeBytes(string folder) => Disk.Instance.FreeBytes(folder);

    private void Step(Action? orElse = null)
    {
        _steps++;
        if (_steps != failAt && !(dies && _steps > failAt) && !_fails)
            return;
        orElse?.Invoke();
        throw Error();
    }

    private sealed class FaultyStream(Stream inner, FaultyFiles files) : Stream
    {
        public Stream Inner => inner;

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
            files.Step(orElse: () => inner.Write(buffer, offset, count / 2));
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
