using System.Text;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// Patterns for SQL's LIKE in which only the percent signs that were meant are wildcards. All four text operators go
/// through LIKE, so that they agree about case on every datastore: SQLite ignores it for ASCII letters, PostgreSQL
/// does not (contract B-21 leaves it to the datastore).
/// </summary>
internal static class LikePattern
{
    /// <summary>What makes the next character literal.</summary>
    public const string Escape = @"\";

    public static string Contains(string text) => $"%{Literal(text)}%";

    public static string StartsWith(string text) => $"{Literal(text)}%";

    public static string EndsWith(string text) => $"%{Literal(text)}";

    /// <summary>The caller's own pattern: <c>%</c> is any text, everything else itself (B-20).</summary>
    public static string Like(string pattern) => Literal(pattern, exceptPercent: true);

    private static string Literal(string text, bool exceptPercent = false)
    {
        if (text.AsSpan().IndexOfAny(@"\%_") < 0)
            return text;
        var pattern = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '\\' or '_' || (c == '%' && !exceptPercent))
                pattern.Append('\\');
            pattern.Append(c);
        }
        return pattern.ToString();
    }
}
