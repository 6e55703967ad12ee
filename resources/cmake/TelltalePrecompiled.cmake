# SPDX-License-Identifier: GPL-3.0-or-later
# Headers nearly every file includes, parsed once and shared by many targets: half of the time of a clean build is
# parsing them. Every file still includes what it uses: cmake -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON builds without.

set(TELLTALE_STANDARD_HEADERS
    <algorithm> <array> <atomic> <bit> <charconv> <chrono> <cmath> <condition_variable> <cstdint> <cstdio> <cstring>
    <deque> <filesystem> <functional> <limits> <map> <memory> <mutex> <numeric> <optional> <set> <span> <string>
    <string_view> <thread> <tuple> <type_traits> <unordered_map> <utility> <variant> <vector>)
# Those in use: all of QtCore takes four times as long to write down and slows every file that reads it.
set(TELLTALE_QT_CORE_HEADERS
    <QAbstractItemModel> <QByteArray> <QCoreApplication> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
    <QList> <QLocale> <QMap> <QObject> <QPointer> <QRect> <QSet> <QString> <QStringList> <QTimer> <QTimeZone> <QVariant>)
set(TELLTALE_QT_WIDGETS_HEADERS ${TELLTALE_QT_CORE_HEADERS}
    <QAction> <QApplication> <QBoxLayout> <QColor> <QFont> <QFontMetricsF> <QGridLayout> <QHelpEvent> <QIcon> <QKeyEvent>
    <QLabel> <QMenu> <QMouseEvent> <QPainter> <QPainterPath> <QPixmap> <QPushButton> <QScrollArea> <QStyle>
    <QStyledItemDelegate> <QToolButton> <QToolTip> <QWidget>)

# _telltale_add_headers(NAME LINK... HEADERS ...): an object library of one empty file, which owns the precompiled headers.
function(_telltale_add_headers name)
    cmake_parse_arguments(arg "" "" "LINK;HEADERS" ${ARGN})
    set(source "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// Owns the precompiled headers '${name}'.\n")
    add_library(telltale_headers_${name} OBJECT "${source}")
    target_link_libraries(telltale_headers_${name} PRIVATE Telltale::options ${arg_LINK})
    target_precompile_headers(telltale_headers_${name} PRIVATE ${arg_HEADERS})
endfunction()

# Called once the packages are found.
macro(telltale_add_precompiled_headers)
    _telltale_add_headers(standard HEADERS ${TELLTALE_STANDARD_HEADERS})
    _telltale_add_headers(json LINK simdjson::simdjson HEADERS ${TELLTALE_STANDARD_HEADERS} <simdjson.h>)
    _telltale_add_headers(core LINK Qt6::Core HEADERS ${TELLTALE_STANDARD_HEADERS} ${TELLTALE_QT_CORE_HEADERS})
    _telltale_add_headers(widgets LINK Qt6::Widgets HEADERS ${TELLTALE_STANDARD_HEADERS} ${TELLTALE_QT_WIDGETS_HEADERS})
endmacro()

# telltale_precompile(TARGET standard|json|core|widgets)
function(telltale_precompile target kind)
    target_precompile_headers(${target} REUSE_FROM telltale_headers_${kind})
endfunction()
