using Realtime.Host.Demo;
using Realtime.Web;
using Realtime.Web.Auth;
using Realtime.Web.Models.Definitions;

namespace Realtime.Host;

/// <summary>The models: those of the folder that is configured, otherwise, where the demo is on, those of the demo.</summary>
internal static class ModelsFeature
{
    private const string DemoFolder = "models";

    /// <summary>The folder of the definitions, or null where there are no models.</summary>
    public static string? ModelFolder(this IHostApplicationBuilder builder)
    {
        var configured = builder.Configuration[$"{RealtimeOptions.Section}:{nameof(RealtimeOptions.Models)}:{nameof(ModelSettings.Folder)}"];
        if (!string.IsNullOrEmpty(configured))
            return configured;
        return builder.HasDemo() ? Path.Combine(AppContext.BaseDirectory, DemoFolder) : null;
    }

    /// <summary>Gives the models their routes, for those who may connect.</summary>
    public static async Task MapModelsAsync(this WebApplication app) =>
        (await app.MapModelDefinitionsAsync()).RequireAuthorization(Policies.Client);
}
