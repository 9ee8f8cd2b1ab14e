using System.Globalization;
using System.Net;
using System.Text;

namespace Realtime.Bench.Reports;

/// <summary>The bars of one target, one for each series; null where nothing was measured.</summary>
internal sealed record BarGroup(string Title, IReadOnlyList<Spread?> Bars);

/// <summary>Horizontal bars with whiskers from least to most, as SVG that reads well on white and on black.</summary>
internal static class BarChart
{
    private const int Labels = 190, Plot = 480, Values = 80, Bar = 16, Gap = 12, Top = 64;
    private static readonly string[] Colours = ["#2f7ed8", "#f28f43", "#77a33f"];

    internal static string Draw(string title, IReadOnlyList<string> series, IReadOnlyList<BarGroup> groups)
    {
        var most = groups.SelectMany(group => group.Bars).OfType<Spread>().Select(bar => bar.Most).DefaultIfEmpty(1).Max();
        var groupHeight = (series.Count * Bar) + Gap;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Labels + Plot + Values}" height="{Top + (groups.Count * groupHeight)}"
                 font-family="sans-serif" font-size="12" fill="#888">
            <text x="8" y="20" font-size="15">{WebUtility.HtmlEncode(title)}</text>

            """);
        for (var i = 0; i < series.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""
                <rect x="{Labels + (i * 250)}" y="34" width="12" height="12" fill="{Colours[i]}"/>
                <text x="{Labels + (i * 250) + 18}" y="45">{WebUtility.HtmlEncode(series[i])}</text>

                """);
        }

        for (var g = 0; g < groups.Count; g++)
            Draw(svg, groups[g], Top + (g * groupHeight), Math.Max(most, double.Epsilon));
        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, BarGroup group, int top, double most)
    {
        var middle = top + (group.Bars.Count * Bar / 2) + 4;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Labels - 8}" y="{middle}" text-anchor="end">{WebUtility.HtmlEncode(group.Title)}</text>

            """);
        for (var i = 0; i < group.Bars.Count; i++)
        {
            if (group.Bars[i] is not { } bar)
                continue;
            var (y, scale) = (top + (i * Bar), Plot / most);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <rect x="{Labels}" y="{y}" width="{Math.Max(0, bar.Median * scale):0.#}" height="{Bar - 3}" fill="{Colours[i]}"/>
                <path d="M{Labels + (bar.Least * scale):0.#} {y + 6.5}H{Labels + (bar.Most * scale):0.#}" stroke="#888" stroke-width="2"/>
                <text x="{Labels + (bar.Most * scale) + 6:0.#}" y="{y + 11}">{Figure(bar.Median)}</text>

                """);
        }
    }

    private static string Figure(double value) => value.ToString(value < 100 ? "0.0#" : "N0", CultureInfo.InvariantCulture);
}
