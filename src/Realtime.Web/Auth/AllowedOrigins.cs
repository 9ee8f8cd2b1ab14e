using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Realtime.Web.Auth;

/// <summary>Tells browsers which origins the service answers: those that the <see cref="OriginGate"/> admits.</summary>
internal sealed class AllowedOrigins(IOptions<RealtimeOptions> options, IHostEnvironment environment) : IConfigureOptions<CorsOptions>
{
    public void Configure(CorsOptions cors) => cors.AddPolicy(Policies.Client, policy =>
    {
        policy.AllowAnyHeader().AllowAnyMethod().AllowCredentials();
        if (environment.IsDevelopment())
            policy.SetIsOriginAllowed(_ => true);
        else
            policy.WithOrigins([.. options.Value.Auth.AllowedOrigins]);
    });
}
