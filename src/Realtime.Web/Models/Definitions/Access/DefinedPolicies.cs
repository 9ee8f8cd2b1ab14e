using Microsoft.Extensions.Hosting;
using Realtime.Web.Auth;

namespace Realtime.Web.Models.Definitions.Access;

/// <summary>What is open in Development is closed elsewhere until a definition opens it.</summary>
internal sealed class DefinedPolicies(IHostEnvironment environment)
{
    private readonly ClientAccess _fallback = environment.IsDevelopment() ? ClientAccess.Clients : ClientAccess.Servers;

    public DefinedPolicy Of(ModelDefinition definition) => new(definition.Access, _fallback);
}
