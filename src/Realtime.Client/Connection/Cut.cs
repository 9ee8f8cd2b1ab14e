using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Realtime.Client.Connection;

/// <summary>
/// Ends a SignalR connection below the hub, as a network does that breaks. The hub's own way says goodbye first, and there is no other.
/// </summary>
internal sealed class Cut : IAsyncDisposable
{
    private ConnectionContext? _connection;

    /// <summary>Prepares a hub connection for it, whose address is known already.</summary>
    public static Cut Into(IServiceCollection services)
    {
        var cut = new Cut();
        var stock = services.Last(service => service.ServiceType == typeof(IConnectionFactory));
        services.Replace(ServiceDescriptor.Singleton<IConnectionFactory>(provider =>
            new Factory((IConnectionFactory)ActivatorUtilities.CreateInstance(provider, stock.ImplementationType!), cut)));
        return cut;
    }

    /// <summary>Ends the connection, if there is one.</summary>
    public ValueTask DisposeAsync() => Volatile.Read(ref _connection)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class Factory(IConnectionFactory stock, Cut cut) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken)
        {
            var connection = await stock.ConnectAsync(endpoint, cancellationToken);
            Volatile.Write(ref cut._connection, connection);
            return connection;
        }
    }
}
