using System.Text.Json.Nodes;

namespace Underpaint.Cli.Tests.Verbs;

public sealed class DoctorVerbTests
{
    [Fact]
    public void It_finds_this_machine_usable()
    {
        string output = Cli.Run("doctor").Succeeded();
        Assert.Contains("libtorch", output);
        Assert.Contains("GiB free", output);
        Assert.Contains("Underpaint can work here.", output);
    }

    [Fact]
    public void Json_has_every_check_with_its_remedy()
    {
        JsonNode json = JsonNode.Parse(Cli.Run("doctor", "--json").Succeeded())!;
        Assert.True((bool)json["usable"]!);
        Assert.All(json["checks"]!.AsArray(), check =>
            Assert.Equal(["name", "value", "remedy", "isNeeded"], check!.AsObject().Select(property => property.Key)));
    }
}
