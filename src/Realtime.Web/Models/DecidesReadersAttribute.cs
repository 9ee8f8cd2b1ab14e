namespace Realtime.Web.Models;

/// <summary>
/// Says that who may read a record depends on this attribute or association: its owner, its tenant, whether it is published. When
/// it changes, all subscriptions to the record end, so that nobody hears of a record that he may not read any more. Those who were
/// subscribed hear that as <c>destroyed</c>, with <c>readersChanged: true</c>: whoever may still read it reads it again.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DecidesReadersAttribute : Attribute;
