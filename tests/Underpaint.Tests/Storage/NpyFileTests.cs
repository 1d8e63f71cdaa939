using System.Text;
using Underpaint.Storage;

namespace Underpaint.Tests.Storage;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", true)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", true)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", true)]
    [InlineData("{'descr':'<f2','fortran_order':False,'shape':(2,3)}", true)]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", false)]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }", false)]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2 3), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } + 1", false)]
    public void Headers_of_numpy_files_are_read_strictly(string dictionary, bool isRead) =>
        Assert.Equal(isRead, NpyHeader.TryParse(dictionary + "   \n") is not null);

    [Fact]
    public void Our_numpy_header_is_the_one_that_numpy_writes()
    {
        string expected = "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (5, 3), }".PadRight(127) + "\n";
        Assert.Equal(expected, Encoding.Latin1.GetString(new NpyHeader(DType.F32, [5, 3]).ToBytes()));
        Assert.Contains("'shape': (5,), }", Encoding.Latin1.GetString(new NpyHeader(DType.F32, [5]).ToBytes()));
    }

    [Fact]
    public void Elements_are_read_from_anywhere()
    {
        string path = _folder.File("a.npy");
        NpyFile.Write(path, [2, 3], stream => stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6])));
        using NpyFile file = NpyFile.Open(path);
        Assert.Equal([2, 3], file.Shape);
        var middle = new float[3];
        file.Read(2, middle);
        Assert.Equal([3, 4, 5], middle);
    }

    [Fact]
    public void A_file_of_another_length_than_its_shape_needs_is_refused()
    {
        byte[] header = new NpyHeader(DType.F32, [2, 3]).ToBytes();
        File.WriteAllBytes(_folder.File("a.npy"), [.. header, .. new byte[20]]);
        Assert.Contains("20 bytes", Assert.Throws<FileFormatException>(() => NpyFile.Open(_folder.File("a.npy"))).Message);
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder.File("b.npy"), [2], stream => stream.Write(new byte[4])));
        Assert.False(File.Exists(_folder.File("b.npy")));
    }
}
