namespace Realtime.Testing;

/// <summary>A folder for one test, deleted with all it holds when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("realtime-test-").FullName;

    /// <summary>The path of something in it, which need not exist yet.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
