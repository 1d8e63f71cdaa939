using System.CommandLine;
using Underpaint.Cli.Progress;
using Underpaint.Codes.Interpolations;
using Underpaint.Data;
using Underpaint.Data.Sources;
using Underpaint.Reports;

namespace Underpaint.Cli.Verbs;

/// <summary><c>interpolate</c>: the way from one image to another.</summary>
internal static class InterpolateVerb
{
    private static readonly InterpolationOptions Defaults = new();

    public static Verb Create(Terminal terminal)
    {
        var model = Parameters.Model();
        var from = new Argument<string>("FROM") { Description = "The first image" };
        var to = new Argument<string>("TO") { Description = "The last image" };
        var name = new Option<string>("--out") { Description = "Path of the pictures without an ending: NAME.png, the strip, and NAME.webp, the animation", HelpName = "NAME", Required = true };
        var frames = Parameters.Frames(Defaults.Frames);
        var milliseconds = Parameters.Milliseconds();
        var decoding = new DecodingParameters();
        var inversionSteps = Parameters.InversionSteps();
        var json = Parameters.Json();
        var device = Parameters.Device();
        var precision = Parameters.Precision();
        var verb = new Verb("interpolate",
            "Goes from one image to another in a strip and an animation, and measures how evenly the structure changes on the way.",
            "underpaint interpolate runs/0001-two-phase cat.jpg dog.jpg --out cat-to-dog")
        {
            model, from, to, name, frames, milliseconds, decoding.Steps, inversionSteps, decoding.Solver, decoding.Grid, json, device, precision,
        };
        verb.SetAction(parsed =>
        {
            InterpolationFiles.Check(parsed.GetValue(name)!, parsed.GetValue(from)!, parsed.GetValue(to)!);
            var options = new InterpolationOptions
            {
                Frames = parsed.GetValue(frames),
                InversionSteps = parsed.GetValue(inversionSteps),
                Decoding = decoding.OptionsIn(parsed),
            };
            using IImageSource first = ImageSources.Open(parsed.GetValue(from)!);
            using IImageSource source = ImageSources.OpenAll([parsed.GetValue(from)!, parsed.GetValue(to)!]);
            using var loaded = DiffusionAutoencoder.Load(parsed.GetValue(model)!, parsed.GetValue(device)!, parsed.GetValue(precision)!);
            InterpolationResult? result = null;
            // Of a set of images on either side, the first one.
            CountedProgress.Watch(terminal, "interpolating", options.Frames, counted =>
                result = Interpolator.Run(loaded, source, 0, first.Count, options, counted, terminal.Stop));
            var duration = TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds));
            Write(terminal, result!, InterpolationFiles.Write(result!, parsed.GetValue(name)!, duration), parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return verb;
    }

    private static void Write(Terminal terminal, InterpolationResult result, (string Strip, string Animation) files, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new { result.Smoothness, Frames = result.Frames.Count, files.Strip, files.Animation });
            return;
        }
        terminal.WriteLine($"largest jump of the structure {Wording.Share(result.Smoothness)} times the mean one");
        terminal.WriteLine(files.Strip);
        terminal.WriteLine(files.Animation);
    }
}
