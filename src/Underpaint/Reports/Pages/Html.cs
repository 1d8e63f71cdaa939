using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Underpaint.Reports.Pages;

/// <summary>
/// A piece of HTML. <see cref="Of"/> escapes whatever is put into the holes of its text unless that is a piece of HTML itself, so that
/// nobody has to remember to.
/// </summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty => default;

    /// <summary>The interpolated text as HTML; numbers are written the same way in every language.</summary>
    public static Html Of(Template template) => new(template.ToMarkup());

    /// <summary>Text of our own that must not be escaped: style sheets, and addresses that hold a whole file.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>One piece after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts));

    public override string ToString() => _markup ?? "";

    /// <summary>What the compiler builds from an interpolated string given to <see cref="Of"/>.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template
    {
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _markup;

        public Template(int literalLength, int formattedCount) => _markup = new(literalLength + 16 * formattedCount);

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html markup) => _markup.Append(markup.ToString());

        public void AppendFormatted(IEnumerable<Html> parts) => _markup.AppendJoin("", parts);

        public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted(IFormattable value, string? format = null) =>
            AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public string ToMarkup() => _markup.ToString();
    }
}
