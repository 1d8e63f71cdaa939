using Underpaint.Reports;
using Underpaint.Reports.Plots;

namespace Underpaint.Tests.Reports;

public sealed class ResultMarkdownTests
{
    private static readonly ResultDocument Document = new()
    {
        Title = "a|b\n# c",
        Lead = "A sentence.",
        Sections = [new("Part", "", [new("Table", ["arm", "x"], [["<b>", "1 | 2"], ["c", new("1.5", "[1, 2]")]])])],
        Definitions = ["X: what it is"],
    };

    [Fact]
    public void Names_end_neither_a_cell_nor_a_line() => Assert.Equal("""
        # a\|b # c

        A sentence.

        ## Part

        ### Table

        | arm | x |
        | --- | --- |
        | <b> | 1 \| 2 |
        | c | 1.5 [1, 2] |

        ## What the figures are

        - X: what it is.

        """, ResultMarkdown.Write(Document));

    [Fact]
    public void On_the_page_every_text_is_escaped_and_every_cell_there()
    {
        string page = ResultPage.Render(Document);
        Assert.Contains("<td>&lt;b&gt;</td><td>1 | 2</td>", page);
        Assert.Contains("<td>1.5<small>[1, 2]</small></td>", page);
        Assert.Contains("<h2>Part</h2>", page);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_draws_curves()
    {
        ResultDocument curves = Document with
        {
            Sections = [new("Part", "", []) { Curves = [new("PSNR", [("a", [new(1, 2), new(3, 4)]), ("b", [new(1, 3)])])] }],
        };
        string page = ResultPage.Render(curves);
        Assert.Contains("PSNR over images seen", page);
        Assert.Contains("</i>b</span>", page);
    }

    [Fact]
    public void The_page_draws_points_and_a_section_of_nothing_else_is_not_in_the_Markdown()
    {
        ResultPoints points = new("20 steps", "PSNR, dB, over linear probe", [new("a", 0.5, 17, []), new("b", 0.4, 18, [])]);
        ResultDocument document = Document with { Sections = [new("Pictures against codes", "Large: an arm.", []) { Points = [points] }] };
        Assert.Contains("alt=\"20 steps PSNR, dB, over linear probe\"", ResultPage.Render(document));
        Assert.DoesNotContain("Pictures", ResultMarkdown.Write(document), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_dozen_lines_all_look_different_in_the_legend()
    {
        ResultCurves curves = new("PSNR", [.. Enumerable.Range(0, 24).Select(i => ($"arm {i}", (IReadOnlyList<CurvePoint>)[new(1, i), new(3, i + 1)]))]);
        string page = ResultPage.Render(Document with { Sections = [new("Part", "", []) { Curves = [curves] }] });
        string[] looks = [.. page.Split("<i style=\"")[1..].Select(part => part[..part.IndexOf('"')])];
        Assert.Equal(24, looks.Length);
        Assert.Equal(24, looks.Distinct().Count());
        Assert.Contains("background:repeating-linear-gradient(90deg,#4683B5 0px 8px,transparent 8px 12px)", looks);
    }
}
