using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Realtime.Web.HttpSessions;

/// <summary>The application's endpoints as requests over sockets run them. What is known of one is known as long as it exists.</summary>
internal sealed class EndpointsInTurns
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _known = [];

    /// <summary>The endpoint that runs in another one's place.</summary>
    public Endpoint Of(Endpoint endpoint) => _known.GetValue(endpoint, EndpointInTurns.Of);

    /// <summary>Stands where routing puts the endpoint that it found.</summary>
    public IEndpointFeature InFrontOf(IEndpointFeature feature) => new Front(this, feature);

    private sealed class Front(EndpointsInTurns endpoints, IEndpointFeature feature) : IEndpointFeature
    {
        public Endpoint? Endpoint
        {
            get => feature.Endpoint;
            set => feature.Endpoint = value is null ? null : endpoints.Of(value);
        }
    }
}
