using Underpaint.Codes.Files;

namespace Underpaint.Cli.Verbs;

/// <summary><c>join</c>: the shards of an encoding to one code file, or a code file to another format.</summary>
internal static class JoinVerb
{
    public static Verb Create(Terminal terminal)
    {
        var files = Parameters.CodeFiles();
        var destination = Parameters.CodeDestination();
        var verb = new Verb("join",
            "Joins the shards of an encoding into one code file, or writes a code file in another format.",
            "underpaint join part-1.npy part-2.npy --out photos.safetensors")
        {
            files, destination,
        };
        verb.SetAction(parsed =>
        {
            var (origin, count) = CodeJoiner.Join(parsed.GetValue(files)!, parsed.GetValue(destination)!, terminal.Stop);
            string share = (origin.First, origin.End) == (0, origin.Images)
                ? ""
                : $", of images {Wording.Count(origin.First)} to {Wording.Count(origin.End - 1)} of {Wording.Count(origin.Images)} only";
            terminal.WriteLine($"{Wording.Count(count, "code")} in {parsed.GetValue(destination)}{share}");
            return ExitCode.Ok;
        });
        return verb;
    }
}
