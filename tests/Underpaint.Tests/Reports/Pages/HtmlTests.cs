using System.Globalization;
using Underpaint.Reports.Pages;

namespace Underpaint.Tests.Reports.Pages;

public class HtmlTests
{
    [Fact]
    public void Text_is_escaped_and_markup_is_not()
    {
        string name = "<script>alert('&\"')</script>";
        Html inner = Html.Of($"<b>{name}</b>");
        Assert.Equal("<p><b>&lt;script&gt;alert(&#x27;&amp;&quot;&#x27;)&lt;/script&gt;</b></p>", Html.Of($"<p>{inner}</p>").ToString());
    }

    [Fact]
    public void Letters_of_all_languages_stay_as_they_are() => Assert.Equal("Bäume → 木 ²", Html.Of($"{"Bäume → 木 ²"}").ToString());

    [Fact]
    public void Numbers_do_not_depend_on_the_language()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal("0.5", Html.Of($"{0.5}").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
