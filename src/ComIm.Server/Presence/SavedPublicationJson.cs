using System.Text.Json.Serialization;

namespace ComIm.Server.Presence;

/// <summary>How publications are written: generated, so that nothing is looked up at run time.</summary>
[JsonSerializable(typeof(List<SavedPublication>))]
internal sealed partial class SavedPublicationJson : JsonSerializerContext;
