using Underpaint.Codes;
using Underpaint.Data.Images;

namespace Underpaint.Reports;

/// <summary>
/// A folder that codes are decoded into: each image a picture of its own (<c>NAME.decoded.png</c>), and sheets that show many of them
/// (<c>decoded-01.png</c>, …; of a shard <c>decoded-2-of-8-01.png</c>, …). What is there already is not decoded again, so that the same call
/// goes on after an interruption; <c>decoding.json</c> says what it is, and keeps others out.
/// </summary>
public sealed class DecodedFolder
{
    private const string Ending = ".decoded.png";

    // Pictures and sheets.
    private const string Made = "*decoded*.png";

    private readonly string _folder;
    private readonly Shard _shard;
    private readonly SheetFolder<(string File, string Picture)> _sheets;

    /// <summary>Uses a folder.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="shard">Which share of the codes is decoded; shards may have one folder or several. Default all of them.</param>
    /// <exception cref="UnderpaintException">The folder cannot be made.</exception>
    public DecodedFolder(string folder, Shard? shard = null)
    {
        (_folder, _shard) = (folder, shard ?? Shard.Whole);
        _sheets = new(folder, _shard.Count == 1 ? "decoded" : $"decoded-{_shard.Number}-of-{_shard.Count}", Arrange, keeps: true);
    }

    /// <summary>The paths of the sheets that are there so far.</summary>
    public IReadOnlyList<string> Sheets => _sheets.Sheets;

    /// <summary>How many pictures of the share are there so far.</summary>
    public int Count { get; private set; }

    /// <summary>How many of these were there before, and were not decoded again.</summary>
    public int Found { get; private set; }

    /// <summary>How many pictures there will be.</summary>
    /// <param name="codes">The codes.</param>
    /// <exception cref="UnderpaintException">There are more shards than batches.</exception>
    public int CountOf(ICodeSource codes)
    {
        var (first, end) = RangeOf(codes);
        return end - first;
    }

    /// <summary>Decodes the share, as <see cref="CodeDecoder.Run"/> does; once.</summary>
    /// <param name="model">The model that made the codes.</param>
    /// <param name="codes">All codes, whatever the share; stay open.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told, after each batch, how many pictures it has.</param>
    /// <param name="stop">Stops between batches; what was done is kept.</param>
    /// <exception cref="FileFormatException">The codes are another model's, or damaged.</exception>
    /// <exception cref="UnderpaintException">
    /// The folder has other pictures, there are more shards than batches, or the disk is full or cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public void Fill(DiffusionAutoencoder model, ICodeSource codes, DecodingOptions options, Action<int>? progress = null, CancellationToken stop = default)
    {
        codes.Origin.Check(model, codes.Path);
        var (first, end) = RangeOf(codes);
        DecodingFile.Of(model, codes, options, stop).Claim(_folder, Made);
        // Of all codes, so that a picture has the same name in whatever share it is.
        var names = new PictureNames();
        int next = 0;
        foreach (CodeRows rows in CodeDecoder.Batches(codes))
        {
            stop.ThrowIfCancellationRequested();
            string[] pictures = Array.ConvertAll(rows.Files, file => names.New(file) + Ending);
            next += rows.Count;
            if (next > end)
                break;
            if (next <= first)
                continue;
            Add(model, rows, pictures, options);
            progress?.Invoke(rows.Count);
        }
        _sheets.Finish();
    }

    private (int First, int End) RangeOf(ICodeSource codes) => _shard.Of(codes.Count, CodeDecoder.BatchSizeOf(codes), "codes");

    private void Add(DiffusionAutoencoder model, CodeRows rows, string[] pictures, DecodingOptions options)
    {
        // Pictures are written whole or not at all; a batch is decoded whole, too.
        if (Array.TrueForAll(pictures, picture => File.Exists(PathOf(picture))))
            Found += pictures.Length;
        else
            Decode(model, rows, pictures, options);
        int side = SheetSize.SideOf(Read(pictures[0]));
        for (int i = 0; i < pictures.Length; i++)
            _sheets.Add((rows.Files[i], pictures[i]), side * side);
        Count += pictures.Length;
    }

    private void Decode(DiffusionAutoencoder model, CodeRows rows, string[] pictures, DecodingOptions options)
    {
        IReadOnlyList<PixelImage> images = CodeDecoder.Decode(model, rows, options);
        for (int i = 0; i < images.Count; i++)
            _sheets.Write(pictures[i], images[i]);
    }

    private PictureGrid Arrange(IReadOnlyList<(string File, string Picture)> images)
    {
        PictureCell[] cells = [.. images.Select(image => new PictureCell(Read(image.Picture), PictureNames.LabelOf(image.File)))];
        return new() { Rows = [.. cells.Chunk(SheetSize.SideOf(cells[0].Image)).Select(row => new PictureRow("", row))] };
    }

    private PixelImage Read(string picture) =>
        ImageDecoder.Decode(ImageFile.Read(PathOf(picture), DecodeLimits.Default), PathOf(picture), DecodeLimits.Default);

    private string PathOf(string picture) => Path.Combine(_folder, picture);
}
