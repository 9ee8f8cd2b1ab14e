using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>
/// Keeps the keys that resume tokens are signed with where all nodes of the cluster find them, unless the application keeps them
/// elsewhere: in the database, or for a node alone in its data folder.
/// </summary>
internal sealed class SharedKeys(IOptions<RealtimeOptions> options, ILoggerFactory loggers) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions keys) => keys.XmlRepository ??= options.Value.Persistence is { Provider: "postgres" } postgres
        ? new KeysInPostgres(postgres.ConnectionString!)
        : new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(options.Value.Data, "keys")), loggers);
}
