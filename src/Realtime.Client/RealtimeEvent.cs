namespace Realtime.Client;

/// <summary>Something that was said.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What it carries.</param>
public sealed record RealtimeEvent<T>(string Name, T Data)
{
    /// <summary>The room that it was said in; null for one about a model, to this socket alone, or to everybody.</summary>
    public string? Room { get; init; }

    /// <summary>The model that it is about; null for none.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether it was said while this client was away.</summary>
    public bool IsReplay { get; init; }
}
