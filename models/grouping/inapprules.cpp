// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/grouping/frameparsers.h"

#include <algorithm>
#include <span>

// What is not the application's own code, by language: how functions begin, what paths hold.
namespace telltale::stack {
namespace {

constexpr std::string_view kJavaPackages[] = {
    "java.",        "javax.",
    "jdk.",         "sun.",
    "com.sun.",     "kotlin.",
    "kotlinx.",     "scala.",
    "groovy.",      "android.",
    "androidx.",    "dalvik.",
    "com.android.", "com.google.",
    "okhttp3.",     "okio.",
    "retrofit2.",   "io.reactivex.",
    "reactor.",     "io.netty.",
    "org.apache.",  "org.springframework.",
    "org.junit.",   "jakarta.",
    "libcore.",     "org.jetbrains.",
};
constexpr std::string_view kDotNetNamespaces[] = {"System.", "Microsoft.", "Windows.",
                                                  "Mono.",   "MS.",        "Internal."};

constexpr std::string_view kJavaScriptPlaces[] = {
    "node:",
    "/node_modules/",
    "\\node_modules\\",
    "internal/",
    "<anonymous>",
    "[native code]",
    "webpack/bootstrap",
    "webpack/runtime",
    "chrome-extension://",
    "moz-extension://",
    "safari-extension://",
    "safari-web-extension://",
};
constexpr std::string_view kPythonPlaces[] = {
    "/site-packages/", "/dist-packages/", "/lib/python", "\\site-packages\\",
    "\\lib\\",         "<frozen ",        "<string>",
};
constexpr std::string_view kGoPlaces[] = {
    "/usr/local/go/src/", "/usr/lib/go",          "/libexec/src/", "/pkg/mod/",
    "/vendor/",           "/hostedtoolcache/go/", "/goroot/",
};
constexpr std::string_view kDartPlaces[] = {"dart:", "package:flutter/", "package:flutter_test/",
                                            "package:stack_trace/"};

constexpr std::string_view kNativeFunctions[] = {
    "std::",
    "__gnu_cxx::",
    "__cxxabiv1::",
    "__cxa_",
    "boost::",
    "QtPrivate::",
    "QtSharedPointer::",
    "qt_",
    "doActivate",
    "__libc_",
    "__GI_",
    "__pthread",
    "pthread_",
    "__interceptor_",
    "__asan",
    "__ubsan",
    "__tsan",
    "void doActivate",
    "g_main_",
    "operator new",
    "operator delete",
};
constexpr std::string_view kNativeNames[] = {
    "abort", "raise",  "gsignal", "_start", "start_thread", "clone",      "clone3", "malloc",
    "free",  "memcpy", "memmove", "qFatal", "qBadAlloc",    "qTerminate", "poll",   "ppoll",
};
constexpr std::string_view kNativePlaces[] = {
    "/usr/include/", "/usr/lib",   "/lib/x86_64", "/lib/aarch64", "/lib64/",  "/sysdeps/",
    "libc.so",       "libstdc++",  "libpthread",  "libQt5",       "libQt6",   "libglib",
    "/qtbase/",      "linux-vdso", "ntdll",       "KERNEL32",     "kernel32",
};
constexpr std::string_view kAppleModules[] = {
    "SwiftUI",
    "UIKit",
    "UIKitCore",
    "Foundation",
    "CoreFoundation",
    "AppKit",
    "QuartzCore",
    "CoreData",
    "GraphicsServices",
    "CFNetwork",
    "WebKit",
    "JavaScriptCore",
    "Combine",
    "CoreGraphics",
    "dyld",
    "Security",
    "AttributeGraph",
    "HIToolbox",
    "FrontBoardServices",
    "BaseBoard",
    "RunningBoardServices",
    "Network",
};

bool startsWithAny(std::string_view text, std::span<const std::string_view> prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view p) { return text.starts_with(p); });
}

bool holdsAny(std::string_view text, std::span<const std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

bool isOneOf(std::string_view text, std::span<const std::string_view> names)
{
    return std::find(names.begin(), names.end(), text) != names.end();
}

/// Qt's classes: QObject::event, QMetaObject::activate, QString::~QString...
bool isQtMember(std::string_view function)
{
    return function.size() > 3 && function[0] == 'Q' && function[1] >= 'A' && function[1] <= 'Z' &&
           function.find("::") != std::string_view::npos;
}

} // namespace

bool isInApp(const FrameViews &frame)
{
    switch (frame.language) {
    case Language::JavaScript:
        return !frame.file.empty() && frame.file != "native" && !holdsAny(frame.file, kJavaScriptPlaces);
    case Language::Java:
        return !startsWithAny(frame.function, kJavaPackages);
    case Language::DotNet:
        return !startsWithAny(frame.function, kDotNetNamespaces);
    case Language::Python:
        return !holdsAny(frame.file, kPythonPlaces);
    case Language::Go:
        return !frame.function.starts_with("runtime.") && !frame.function.starts_with("runtime/") &&
               frame.function != "panic" && !holdsAny(frame.file, kGoPlaces);
    case Language::Apple:
        return !(frame.file.starts_with("lib") || isOneOf(frame.file, kAppleModules));
    case Language::Dart:
        return !startsWithAny(frame.file, kDartPlaces);
    case Language::Native:
        return !isQtMember(frame.function) && !isOneOf(frame.function, kNativeNames) &&
               !startsWithAny(frame.function, kNativeFunctions) && !holdsAny(frame.file, kNativePlaces);
    }
    return true;
}

} // namespace telltale::stack
