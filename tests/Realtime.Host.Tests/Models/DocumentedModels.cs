using System.Text.RegularExpressions;

namespace Realtime.Host.Tests.Models;

/// <summary>The examples of docs/models-without-code.md, as they stand there.</summary>
internal static partial class DocumentedModels
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "models-without-code.md"));

    /// <summary>Writes the definitions into a folder.</summary>
    public static void Write(string folder)
    {
        foreach (Match file in Definition().Matches(Text))
            File.WriteAllText(Path.Combine(folder, file.Groups["name"].Value), file.Groups["json"].Value);
    }

    /// <summary>The commands, each with the answer that stands below it, if one does.</summary>
    public static IEnumerable<(string Command, string? Answer)> Commands()
    {
        var lines = string.Concat(Shell().Matches(Text).Select(block => block.Groups["text"].Value)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("# ", StringComparison.Ordinal))
                yield return (lines[i], i + 1 < lines.Length && lines[i + 1].StartsWith("# ", StringComparison.Ordinal) ? lines[i + 1][2..] : null);
        }
    }

    [GeneratedRegex(@"`models/(?<name>[a-z]+\.json)`:\n\n```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"```sh\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
