using System.Text.RegularExpressions;

namespace Realtime.Testing;

/// <summary>
/// Bytes as an earlier release wrote them: <c>golden/&lt;manifest&gt;.hex</c> in the folder of the test project. A file is
/// added once and never edited, since journals out there hold just these bytes.
/// </summary>
public static partial class Golden
{
    private const string Variable = "REALTIME_WRITE_GOLDEN";
    private const int BytesPerLine = 32;

    private static readonly string Folder = Path.Combine(Repository.TestProject, "golden");

    /// <summary>The manifests that have a file, in alphabetical order.</summary>
    public static IReadOnlyList<string> Manifests() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.hex").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The bytes stored for a manifest.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    public static byte[] Of(string manifest)
    {
        var file = FileOf(manifest);
        return File.Exists(file)
            ? Convert.FromHexString(WhiteSpace().Replace(File.ReadAllText(file), ""))
            : throw new FileNotFoundException($"{manifest} has no golden file yet: run its test once with {Variable}=1 and commit {file}.");
    }

    /// <summary>
    /// The bytes stored for a manifest. If there are none and REALTIME_WRITE_GOLDEN=1, stores those of <paramref name="sample"/>
    /// first; what is there already is never written again.
    /// </summary>
    public static byte[] Of(string manifest, Func<byte[]> sample)
    {
        var file = FileOf(manifest);
        if (!File.Exists(file) && Environment.GetEnvironmentVariable(Variable) == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllLines(file, sample().Chunk(BytesPerLine).Select(Convert.ToHexStringLower));
        }
        return Of(manifest);
    }

    private static string FileOf(string manifest) => Path.Combine(Folder, $"{manifest}.hex");

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
