namespace Realtime.Web.Models;

/// <summary>
/// Keeps an attribute to the server: it is in no answer and in no event, and criteria do not know it. Clients may still
/// write it (a password); use <c>[JsonIgnore]</c> for what they may neither read nor write. The same holds for a member of an object
/// that a record holds.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class HiddenAttribute : Attribute;
