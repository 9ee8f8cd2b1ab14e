namespace Realtime.Testing;

/// <summary>A folder for one test, deleted with all it holds when the test ends.</summary>
public sealed class TempFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("realtime-test-").FullName;

    /// <summary>The path of something in it, which need not exist yet.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A database that is being closed may make its last file while the folder is being deleted.
        if (!SpinWait.SpinUntil(TryDelete, Patience))
            Directory.Delete(Path, recursive: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(Path);
        }
    }
}
