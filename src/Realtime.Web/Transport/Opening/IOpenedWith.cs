namespace Realtime.Web.Transport.Opening;

/// <summary>A feature of our own transport's connections: what can be known of the opening request without a context being made for it.</summary>
internal interface IOpenedWith
{
    /// <summary>The query, with its question mark; empty without one.</summary>
    string Query { get; }
}
