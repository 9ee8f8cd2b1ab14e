using Realtime.Web.Transport.Output;

namespace Realtime.Web.Tests.Transport.Output;

/// <summary>Takes note of what its queue tells it.</summary>
internal sealed class FakeConnection : IQueueOwner
{
    public List<Exception> Failures { get; } = [];

    public bool IsAborted { get; private set; }

    public void WriteFailed(Exception e) => Failures.Add(e);

    public void Abort() => IsAborted = true;
}
