using System.Globalization;
using System.Net;
using System.Text;

namespace Realtime.Bench.Reports;

/// <summary>A line of a chart.</summary>
internal sealed record Line(string Title, IReadOnlyList<(double X, Spread Y)> Points);

/// <summary>Lines over a logarithmic axis, with whiskers from least to most.</summary>
internal static class LineChart
{
    private const int Left = 56, Top = 56, Width = 520, Height = 260, Legend = 260, Bottom = 48;
    private static readonly string[] Colours = ["#2f7ed8", "#f28f43", "#77a33f", "#9b59b6", "#c0392b", "#16a085"];

    internal static string Draw(string title, string axis, IReadOnlyList<Line> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToList();
        var (least, most) = (points.Min(point => point.X), points.Max(point => point.X));
        var top = points.Max(point => point.Y.Most) * 1.1;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Left + Width + Legend}" height="{Top + Height + Bottom}"
                 font-family="sans-serif" font-size="12" fill="#888">
            <text x="8" y="20" font-size="15">{WebUtility.HtmlEncode(title)}</text>
            <text x="{Left + (Width / 2)}" y="{Top + Height + 40}" text-anchor="middle">{WebUtility.HtmlEncode(axis)}</text>
            <path d="M{Left} {Top}V{Top + Height}H{Left + Width}" fill="none" stroke="#888"/>

            """);
        foreach (var x in points.Select(point => point.X).Distinct())
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{AtX(x):0.#}\" y=\"{Top + Height + 18}\" text-anchor=\"middle\">{x:N0}</text>\n");
        for (var i = 0; i <= 4; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{AtY(top * i / 4) + 4:0.#}\" text-anchor=\"end\">{top * i / 4:0.0}</text>\n");
        for (var i = 0; i < lines.Count; i++)
            DrawLine(lines[i], Colours[i % Colours.Length], i);
        return svg.Append("</svg>\n").ToString();

        double AtX(double x) => Left + 12 + (most > least ? (Width - 24) * Math.Log(x / least) / Math.Log(most / least) : 0);

        double AtY(double y) => Top + Height - (Height * y / top);

        void DrawLine(Line line, string colour, int place)
        {
            var path = string.Join('L', line.Points.Select(
                point => string.Create(CultureInfo.InvariantCulture, $"{AtX(point.X):0.#} {AtY(point.Y.Median):0.#}")));
            var whiskers = string.Concat(line.Points.Select(point => string.Create(
                CultureInfo.InvariantCulture, $"M{AtX(point.X):0.#} {AtY(point.Y.Least):0.#}V{AtY(point.Y.Most):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"""
                <path d="M{path}{whiskers}" fill="none" stroke="{colour}" stroke-width="2"/>
                <text x="{Left + Width + 16}" y="{Top + 12 + (place * 20)}" fill="{colour}">{WebUtility.HtmlEncode(line.Title)}</text>

                """);
        }
    }
}
