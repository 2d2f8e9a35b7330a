using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.UccApi;

// The classes of the UCC API that CoCreateInstance makes, under names and CLSIDs of ComIm's own. These are always
// registered, so that scripts and new programs have the UCC API while the original CLSIDs stay whose they are; those are
// registered only when asked for (comim register --uccapi).

/// <summary><c>CreateObject("ComIm.UccPlatform")</c>.</summary>
[ComVisible(true)]
[Guid("02d8988e-0894-4f56-83f9-e5024cb15fa9")]
[ProgId("ComIm.UccPlatform")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccPlatform : UccPlatform;

/// <summary><c>CreateObject("ComIm.UccUriManager")</c>.</summary>
[ComVisible(true)]
[Guid("ca40b56e-bd7b-4d7d-8686-0c94e1eaf013")]
[ProgId("ComIm.UccUriManager")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccUriManager : UccUriManager;

/// <summary><c>CreateObject("ComIm.UccContext")</c>.</summary>
[ComVisible(true)]
[Guid("91b41810-7ac8-4a59-beed-ddde6af3e3a2")]
[ProgId("ComIm.UccContext")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccContext : UccContext;

/// <summary><c>CreateObject("ComIm.UccOperationContext")</c>.</summary>
[ComVisible(true)]
[Guid("c15013d9-4f92-4329-a709-a56f75490b21")]
[ProgId("ComIm.UccOperationContext")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccOperationContext : UccOperationContext;

/// <summary><c>CreateObject("ComIm.UccPropertyCollection")</c>.</summary>
[ComVisible(true)]
[Guid("47c434c3-ce1d-4759-a064-d070aa65b017")]
[ProgId("ComIm.UccPropertyCollection")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccPropertyCollection : UccPropertyCollection;

/// <summary><c>CreateObject("ComIm.UccSignalingRequest")</c>.</summary>
[ComVisible(true)]
[Guid("a7231eaa-2d3b-400b-a36b-af472b990218")]
[ProgId("ComIm.UccSignalingRequest")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccSignalingRequest : UccSignalingRequest;

/// <summary><c>CreateObject("ComIm.UccSignalingResponse")</c>.</summary>
[ComVisible(true)]
[Guid("790c7c60-1e2a-44f1-ae8a-ae0c761d674f")]
[ProgId("ComIm.UccSignalingResponse")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class OwnUccSignalingResponse : UccSignalingResponse;
