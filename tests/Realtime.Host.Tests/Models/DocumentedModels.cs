using System.Text.RegularExpressions;

namespace Realtime.Host.Tests.Models;

/// <summary>Definitions of models and commands, as they stand in a document.</summary>
/// <param name="file">The document, from the root of the repository.</param>
internal sealed partial class DocumentedModels(string file)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, file));

    /// <summary>Writes the definitions into a folder.</summary>
    public void Write(string folder)
    {
        foreach (Match definition in Definition().Matches(_text))
            File.WriteAllText(Path.Combine(folder, definition.Groups["name"].Value), definition.Groups["json"].Value);
    }

    /// <summary>The requests about some models, each with the answer that stands below it, if one does.</summary>
    public IEnumerable<(string Command, string? Answer)> Requests(params string[] models)
    {
        var lines = string.Concat(Shell().Matches(_text).Select(block => block.Groups["text"].Value)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("curl ", StringComparison.Ordinal) && models.Any(model => lines[i].Contains($"localhost:5080/{model} ", StringComparison.Ordinal)))
                yield return (lines[i], i + 1 < lines.Length && lines[i + 1].StartsWith("# ", StringComparison.Ordinal) ? lines[i + 1][2..] : null);
        }
    }

    [GeneratedRegex(@"`models/(?<name>[a-z]+\.json)`[^\n]*:\n\n```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"```sh\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
