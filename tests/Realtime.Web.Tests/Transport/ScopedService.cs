namespace Realtime.Web.Tests.Transport;

/// <summary>A service of a request's scope, which tells whether that has ended.</summary>
public sealed class ScopedService : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}
