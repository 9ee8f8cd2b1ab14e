using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>
/// Keeps the keys that resume tokens are signed with in the data folder, unless the application keeps them elsewhere: nodes
/// of one cluster must share them.
/// </summary>
internal sealed class KeysInDataFolder(IOptions<RealtimeOptions> options, ILoggerFactory loggers) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions keys) =>
        keys.XmlRepository ??= new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(options.Value.Data, "keys")), loggers);
}
