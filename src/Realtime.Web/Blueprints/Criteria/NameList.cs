namespace Realtime.Web.Blueprints.Criteria;

/// <summary>A list of names: a text with commas, or (what crashed Sails) a JSON list (contract B-13, B-14).</summary>
internal static class NameList
{
    /// <summary>The names, trimmed; null when something is given that is no list of names.</summary>
    public static IReadOnlyList<string>? TryRead(Given given) => given.Kind switch
    {
        GivenKind.Text => Split(given.Text),
        GivenKind.List when given.Items.All(item => item.Kind == GivenKind.Text) => [.. given.Items.SelectMany(item => Split(item.Text))],
        _ => null,
    };

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries);
}
