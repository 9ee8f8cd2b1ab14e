namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>One thing that a scripted client does.</summary>
public abstract record Step
{
    /// <summary>Sends bytes, whatever they are, as one segment.</summary>
    public sealed record Send(byte[] Bytes) : Step;

    /// <summary>Waits until so many hub messages and pongs have come in all.</summary>
    public sealed record Await(int HubMessages, int Pongs) : Step;

    /// <summary>Begins to read. Until then nothing is read.</summary>
    public sealed record Read : Step;

    /// <summary>Sends nothing more, and says so.</summary>
    public sealed record HalfClose : Step;

    /// <summary>Is gone.</summary>
    public sealed record Reset : Step;
}
